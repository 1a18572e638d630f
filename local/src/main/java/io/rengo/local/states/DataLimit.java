package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// The most that a state may be given or give on: 256 KiB of JSON in UTF-8.
final class DataLimit {
  static final int BYTES = 256 << 10;

  private static final ObjectMapper JSON = new ObjectMapper();

  private DataLimit() {}

  static void check(JsonNode value, String what) throws StateError {
    long size = size(value);
    if (size > BYTES) {
      throw new StateError(
          StateError.DATA_LIMIT,
          "The " + what + " has " + size + " bytes; the most is " + BYTES + " bytes of UTF-8");
    }
  }

  static long size(JsonNode value) {
    Counter counter = new Counter();
    try {
      JSON.writeValue(counter, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return counter.bytes;
  }

  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] block, int offset, int length) {
      bytes += length;
    }
  }
}
