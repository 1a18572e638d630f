package io.rengo.core.codec;

import io.rengo.core.FormatException;
import java.nio.ByteBuffer;

/// Contiguous blocks of an update's values, each with a scale of its own: float32 at the beginning
/// of the data.
///
/// @param values of a block; the last may have fewer
record Blocks(int values) {
  private static final int LEAST = 16;
  private static final int MOST = 1 << 20;

  Blocks {
    if (values < LEAST || values > MOST) {
      throw new IllegalArgumentException(
          "block is " + values + ", it must be from " + LEAST + " to " + MOST);
    }
  }

  int count(long size) {
    return Math.toIntExact((size + values - 1) / values);
  }

  /// Bytes of the scales.
  long bytes(long size) {
    return (long) Float.BYTES * count(size);
  }

  /// The scales of the blocks that these values lie in.
  float[] scales(Encoding.Data data, long begin, int length) {
    int first = Math.toIntExact(begin / values);
    int last = Math.toIntExact((begin + length - 1) / values);
    float[] scales = new float[last - first + 1];
    data.read((long) Float.BYTES * first, Float.BYTES * scales.length).asFloatBuffer().get(scales);
    return scales;
  }

  /// Throws unless every scale is finite and not negative.
  void check(long size, Encoding.Data data) {
    ByteBuffer scales = data.read(0, Math.toIntExact(bytes(size)));
    for (int at = 0; scales.hasRemaining(); at += Float.BYTES) {
      float scale = scales.getFloat();
      if (!(scale >= 0) || Float.isInfinite(scale)) {
        throw new FormatException(at, "a block has the scale " + scale);
      }
    }
  }
}
