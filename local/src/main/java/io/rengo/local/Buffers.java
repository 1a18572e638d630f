package io.rengo.local;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Copies and hashes of buffers that leave the buffer as it was.
final class Buffers {
  private Buffers() {}

  static ByteBuffer copy(ByteBuffer content) {
    return ByteBuffer.allocate(content.remaining())
        .put(content.duplicate())
        .flip()
        .asReadOnlyBuffer();
  }

  static String sha256(ByteBuffer content) {
    MessageDigest digest = sha256();
    digest.update(content.duplicate());
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
