package io.rengo.core.codec;

import io.rengo.core.Layout;
import io.rengo.core.Safetensors.Entry;
import io.rengo.core.SplitMix64;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Values at random places, which are the same for all members of a round and need not be sent: of
/// `p = v + e` with the error `e` so far those at the places are sent, and the rest is the new
/// error (Stich, Cordonnier and Jaggi 2018, "Sparsified SGD with Memory"). Each run of 65536 values
/// has its places drawn by itself, the same number in each, so that any range can be read alone.
///
/// @param share of the values that is sent, in (0, 0.5]; at least one of each run is
public record RandomK(double share) implements Encoding {
  private static final double MOST = 0.5;
  private static final int RUN = 1 << 16;

  public RandomK {
    if (!(share > 0 && share <= MOST)) {
      throw new IllegalArgumentException("share is " + share + ", it must be in (0, " + MOST + "]");
    }
  }

  /// The data: the values that were sent, in the order of their places.
  @Override
  public Frame frame(Layout layout) {
    List<Entry> own =
        List.of(Frame.own(List.of(), "values", "F32", Float.BYTES, before(layout.size())));
    return new Frame(own);
  }

  @Override
  public void encode(float[] values, double[] error, Seeds seeds, ByteBuffer out) {
    for (int i = 0; i < values.length; i++) {
      error[i] += values[i];
    }
    for (int begin = 0; begin < values.length; begin += RUN) {
      for (int place : places(seeds.shared(), begin / RUN, values.length)) {
        float value = (float) error[begin + place];
        out.putFloat(value);
        error[begin + place] -= value;
      }
    }
  }

  @Override
  public ByteBuffer decode(long size, long shared, Data data, long begin, int length) {
    ByteBuffer out = Floats.allocate(length);
    int lastRun = (int) ((begin + length - 1) / RUN);
    for (int run = (int) (begin / RUN); run <= lastRun; run++) {
      int[] places = places(shared, run, size);
      ByteBuffer values =
          data.read(before((long) run * RUN) * Float.BYTES, Float.BYTES * places.length);
      for (int place : places) {
        long at = (long) run * RUN + place - begin;
        float value = values.getFloat();
        if (at >= 0 && at < length) {
          out.putFloat((int) at * Float.BYTES, value);
        }
      }
    }
    return out;
  }

  @Override
  public boolean keepsError() {
    return true;
  }

  @Override
  public Set<Use> uses() {
    return EnumSet.of(Use.SUMS, Use.MASKING);
  }

  /// Number of places in the first so many values; a run that has begun counts with these alone.
  private long before(long values) {
    return values / RUN * places(RUN) + places((int) (values % RUN));
  }

  private int places(int values) {
    return (int) Math.ceil(share * values);
  }

  /// The places of a run, ascending, by a partial Fisher-Yates shuffle.
  private int[] places(long shared, int run, long size) {
    int values = (int) Math.min(RUN, size - (long) run * RUN);
    SplitMix64 random = SplitMix64.derive(shared, "random-k", Integer.toString(run));
    int[] all = new int[values];
    Arrays.setAll(all, i -> i);
    int[] chosen = new int[places(values)];
    for (int i = 0; i < chosen.length; i++) {
      int other = i + (int) ((random.nextLong() >>> Integer.SIZE) * (values - i) >>> Integer.SIZE);
      chosen[i] = all[other];
      all[other] = all[i];
    }
    Arrays.sort(chosen);
    return chosen;
  }
}
