package io.rengo.core.codec;

import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.core.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// A payload as a member makes it and a server reads it.
record Encoded(Encoding encoding, long size, ByteBuffer file, int dataOffset) {
  static final Encoding.Seeds SEEDS = new Encoding.Seeds(5, 6);

  static Layout layout(int size) {
    return new Layout(
        List.of(new TensorSpec("w", List.of(size - 1)), new TensorSpec("b", List.of())));
  }

  static Encoded of(Encoding encoding, float[] values) {
    return of(encoding, values, new double[values.length], SEEDS);
  }

  static Encoded of(Encoding encoding, float[] values, double[] error, Encoding.Seeds seeds) {
    Frame frame = encoding.frame(layout(values.length));
    ByteBuffer file = frame.file();
    int begin = file.position();
    encoding.encode(values, error, seeds, file);
    return new Encoded(encoding, values.length, file.flip(), begin);
  }

  Safetensors.Header header() {
    return Safetensors.readHeader(file, file.limit());
  }

  Encoding.Data data() {
    return (offset, length) ->
        file.slice(dataOffset + Math.toIntExact(offset), length).order(ByteOrder.LITTLE_ENDIAN);
  }

  float[] decode(long begin, int length) {
    float[] values = new float[length];
    encoding
        .decode(size, SEEDS.shared(), data(), begin, length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  float[] decode() {
    return decode(0, Math.toIntExact(size));
  }
}
