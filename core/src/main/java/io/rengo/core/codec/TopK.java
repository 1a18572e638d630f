package io.rengo.core.codec;

import io.rengo.core.FormatException;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The values of the largest absolute value: of `p = v + e` with the error `e` so far the `k`
/// largest are sent, and the rest is the new error (Stich, Cordonnier and Jaggi 2018, "Sparsified
/// SGD with Memory"). Of equal ones the first is sent. The error is float64, so that what was sent
/// and the error add up to what was given.
///
/// @param share of the values that is sent, in (0, 0.5]; at least one is
public record TopK(double share) implements Encoding {
  private static final double MOST = 0.5;

  /// Indices are counted within runs of so many values: two bytes each.
  private static final int RUN = 1 << 16;

  public TopK {
    if (!(share > 0 && share <= MOST)) {
      throw new IllegalArgumentException("share is " + share + ", it must be in (0, " + MOST + "]");
    }
  }

  /// The data: for each run of 65536 values how many were sent before it, and at last how many in
  /// all; the values that were sent; their indices within their runs, ascending.
  @Override
  public Frame frame(Layout layout) {
    long size = layout.size();
    List<Entry> own = new ArrayList<>();
    own.add(Frame.own(own, "starts", "U32", Integer.BYTES, runs(size) + 1));
    own.add(Frame.own(own, "values", "F32", Float.BYTES, count(size)));
    own.add(Frame.own(own, "indices", "U16", Short.BYTES, count(size)));
    return new Frame(own);
  }

  @Override
  public void encode(float[] values, double[] error, Seeds seeds, ByteBuffer out) {
    for (int i = 0; i < values.length; i++) {
      error[i] += values[i];
    }
    int[] chosen = Largest.of(error, Math.toIntExact(count(values.length)));
    int sent = 0;
    out.putInt(0);
    for (int run = 1; run <= runs(values.length); run++) {
      while (sent < chosen.length && chosen[sent] < (long) run * RUN) {
        sent++;
      }
      out.putInt(sent);
    }
    for (int index : chosen) {
      float value = (float) error[index];
      out.putFloat(value);
      error[index] -= value;
    }
    for (int index : chosen) {
      out.putShort((short) index);
    }
  }

  @Override
  public ByteBuffer decode(long size, long shared, Data data, long begin, int length) {
    int firstRun = (int) (begin / RUN);
    int lastRun = (int) ((begin + length - 1) / RUN);
    int[] starts = starts(size, data, firstRun, lastRun);
    int sent = starts[starts.length - 1] - starts[0];
    ByteBuffer values =
        data.read(valuesAt(size) + (long) Float.BYTES * starts[0], Float.BYTES * sent);
    ByteBuffer indices =
        data.read(indicesAt(size) + (long) Short.BYTES * starts[0], Short.BYTES * sent);
    ByteBuffer out = Floats.allocate(length);
    for (int run = firstRun; run <= lastRun; run++) {
      for (int i = starts[run - firstRun]; i < starts[run - firstRun + 1]; i++) {
        long at = (long) run * RUN + (indices.getShort() & RUN - 1) - begin;
        float value = values.getFloat();
        if (at >= 0 && at < length) {
          out.putFloat((int) at * Float.BYTES, value);
        }
      }
    }
    return out;
  }

  @Override
  public void check(long size, Data data) {
    int runs = Math.toIntExact(runs(size));
    int[] starts = starts(size, data, 0, runs - 1);
    if (starts[0] != 0 || starts[runs] != count(size)) {
      throw new FormatException(0, "the counts go from " + starts[0] + " to " + starts[runs]);
    }
    for (int run = 0; run < runs; run++) {
      int sent = starts[run + 1] - starts[run];
      long at = indicesAt(size) + (long) Short.BYTES * starts[run];
      ByteBuffer indices = data.read(at, Short.BYTES * sent);
      long last = -1;
      for (int i = 0; i < sent; i++) {
        int index = indices.getShort() & RUN - 1;
        if (index <= last || (long) run * RUN + index >= size) {
          throw new FormatException(
              at + Short.BYTES * i, "index " + index + " comes after " + last + " of " + size);
        }
        last = index;
      }
    }
  }

  @Override
  public boolean keepsError() {
    return true;
  }

  @Override
  public Set<Use> uses() {
    return EnumSet.of(Use.SUMS);
  }

  private int[] starts(long size, Data data, int firstRun, int lastRun) {
    int[] starts = new int[lastRun - firstRun + 2];
    long at = (long) Integer.BYTES * firstRun;
    data.read(at, Integer.BYTES * starts.length).asIntBuffer().get(starts);
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] < (i == 0 ? 0 : starts[i - 1]) || starts[i] > count(size)) {
        throw new FormatException(at + Integer.BYTES * i, "a count is " + starts[i]);
      }
    }
    return starts;
  }

  private long count(long size) {
    return (long) Math.ceil(share * size);
  }

  private static long runs(long size) {
    return (size + RUN - 1) / RUN;
  }

  private static long valuesAt(long size) {
    return Integer.BYTES * (runs(size) + 1);
  }

  private long indicesAt(long size) {
    return valuesAt(size) + Float.BYTES * count(size);
  }
}
