package io.rengo.core.codec;

import io.rengo.core.Layout;
import io.rengo.core.SplitMix64;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;

/// How an update's values are written. Each case is one method and knows both of its ends: the
/// member writes a whole vector, the server reads any range of it.
///
/// An encoding that [#keepsError] does not send everything at once. What it leaves out is added to
/// what is sent the next time (error feedback: Seide et al. 2014; Karimireddy et al. 2019, "Error
/// Feedback Fixes SignSGD and other Gradient Compression Schemes"), so that in the long run nothing
/// is lost.
public sealed interface Encoding permits Float32, Bfloat16, Int8, TopK, RandomK, Sign {
  /// What may be done with the encoded rows of several members.
  enum Use {
    /// Weighted sums of them.
    SUMS,
    /// Comparing them as wholes: norms, distances, angles.
    DISTANCES,
    /// Comparing them parameter by parameter: medians, trimmed means.
    COORDINATES,
    /// Counting their signs.
    SIGNS,
    /// Adding masks that cancel in the sum.
    MASKING
  }

  /// What else the two ends must agree on.
  ///
  /// @param own of this member and round, for what only the member draws
  /// @param shared of the job and round, the same for every member and the server
  record Seeds(long own, long shared) {
    /// The seed that all share in a round of a job. It is no secret.
    public static long shared(String job, int round) {
      return SplitMix64.seed(0, "encoding", job, Integer.toString(round));
    }
  }

  /// The tensors of the payload of an update of this layout.
  Frame frame(Layout layout);

  /// Writes the payload's data, as the frame says, from the buffer's position on. The buffer is
  /// little-endian.
  ///
  /// @param values the update, flat
  /// @param error what was not sent so far, changed in place to what is not sent now; of the same
  ///   length where the encoding [#keepsError], empty otherwise
  void encode(float[] values, double[] error, Seeds seeds, ByteBuffer out);

  /// Values `begin` to `begin + length` as little-endian float32. Throws
  /// [io.rengo.core.FormatException] where the data cannot be of this encoding.
  ///
  /// @param size number of values of the update
  /// @param shared the seed that the two ends share
  ByteBuffer decode(long size, long shared, Data data, long begin, int length);

  /// Throws [io.rengo.core.FormatException] where the data's own structure is broken, in its small
  /// parts (counts, indices, scales); the values themselves are not read.
  default void check(long size, Data data) {}

  /// Whether the member keeps what was not sent.
  default boolean keepsError() {
    return false;
  }

  /// What the server may do with rows of this encoding.
  default Set<Use> uses() {
    return EnumSet.of(Use.SUMS, Use.DISTANCES, Use.COORDINATES, Use.SIGNS);
  }

  /// Bytes of a payload's data, read from its beginning.
  @FunctionalInterface
  interface Data {
    /// `length` bytes from `offset`, little-endian, position 0.
    ByteBuffer read(long offset, int length);
  }
}
