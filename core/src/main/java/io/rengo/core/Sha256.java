package io.rengo.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 (FIPS 180-4), in lower-case hex.
public final class Sha256 {
  /// Bytes of a hash.
  public static final int BYTES = 32;

  private Sha256() {}

  /// The hash of a buffer from its position to its limit, which are left as they were.
  public static String hex(ByteBuffer content) {
    MessageDigest digest = digest();
    digest.update(content.duplicate());
    return HexFormat.of().formatHex(digest.digest());
  }

  /// The hash of a text in UTF-8.
  public static String hex(String text) {
    return hex(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// A hash that is fed piece by piece.
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
