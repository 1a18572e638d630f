package io.rengo.local;

import java.nio.ByteBuffer;

/// Copies of buffers that leave the buffer as it was.
final class Buffers {
  private Buffers() {}

  static ByteBuffer copy(ByteBuffer content) {
    return ByteBuffer.allocate(content.remaining())
        .put(content.duplicate())
        .flip()
        .asReadOnlyBuffer();
  }
}
