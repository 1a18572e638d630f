package io.rengo.agent.update;

import io.rengo.agent.state.MemberState;
import io.rengo.core.Layout;
import io.rengo.core.SplitMix64;
import io.rengo.core.codec.Encoding;
import io.rengo.core.codec.Encoding.Seeds;
import io.rengo.protocol.Task;
import java.nio.ByteBuffer;

/// Turns a delta into the bytes of a payload. What the encoding leaves out stays with the member,
/// and goes with a later update; it is forgotten where no update of the member has counted for
/// long, since it is then of another model.
final class Encode {
  /// Rounds after which what was left out is forgotten.
  static final int STALE = 20;

  private static final String ERROR = "error";
  private static final double[] NONE = {};

  private final MemberState state;

  Encode(MemberState state) {
    this.state = state;
  }

  /// The payload: a safetensors file.
  ByteBuffer encode(Task task, Layout layout, float[] delta) {
    Encoding encoding = task.update().encoding();
    double[] error = encoding.keepsError() ? error(task, delta.length) : NONE;
    ByteBuffer file = encoding.frame(layout).file();
    encoding.encode(delta, error, seeds(task), file);
    if (encoding.keepsError() && isFinite(error)) {
      state.save(task.job(), ERROR, task.round(), error, task.update().counted());
    }
    return file.flip();
  }

  private double[] error(Task task, int length) {
    int counted = task.update().counted();
    return counted == 0 || task.round() - counted > STALE
        ? new double[length]
        : state
            .load(task.job(), ERROR, counted)
            .filter(values -> values.length == length)
            .orElseGet(() -> new double[length]);
  }

  private static Seeds seeds(Task task) {
    return new Seeds(
        SplitMix64.seed(task.seed(), "encoding"), Seeds.shared(task.job(), task.round()));
  }

  private static boolean isFinite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
