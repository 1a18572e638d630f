package io.rengo.agent.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.zip.CRC32C;

/// A vector in a file: its float64 values, little-endian, and after them their CRC-32C as eight
/// bytes.
final class StateFile {
  private static final int CHUNK = 1 << 13;

  private StateFile() {}

  static void write(FileChannel channel, double[] values) throws IOException {
    CRC32C check = new CRC32C();
    ByteBuffer bytes = buffer();
    for (int begin = 0; begin < values.length; begin += CHUNK) {
      int count = Math.min(CHUNK, values.length - begin);
      bytes.clear().asDoubleBuffer().put(values, begin, count);
      bytes.limit(Double.BYTES * count);
      check.update(bytes.duplicate());
      writeAll(channel, bytes);
    }
    bytes.clear().putLong(check.getValue()).flip();
    writeAll(channel, bytes);
  }

  /// The vector, or empty where the file does not hold one.
  static Optional<double[]> read(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES || size % Double.BYTES != 0 || size / Double.BYTES > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    double[] values = new double[(int) (size / Double.BYTES) - 1];
    CRC32C check = new CRC32C();
    ByteBuffer bytes = buffer();
    for (int begin = 0; begin < values.length; begin += CHUNK) {
      int count = Math.min(CHUNK, values.length - begin);
      readAll(channel, bytes.clear().limit(Double.BYTES * count));
      bytes.flip();
      check.update(bytes.duplicate());
      bytes.asDoubleBuffer().get(values, begin, count);
    }
    readAll(channel, bytes.clear().limit(Long.BYTES));
    return bytes.flip().getLong() == check.getValue() ? Optional.of(values) : Optional.empty();
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocate(CHUNK * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static void readAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      continue;
    }
  }
}
