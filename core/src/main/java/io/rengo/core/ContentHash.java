package io.rengo.core;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/// The hash that an object is known by, fed piece by piece: SHA-256 of its content, and of a
/// content of more than [#PART] bytes SHA-256 of the SHA-256s of its parts of that size. So does
/// Amazon S3 compute it of an object that is uploaded in such parts.
public final class ContentHash {
  /// Bytes of a part.
  public static final int PART = 1 << 28;

  private final int partSize;
  private final MessageDigest part = Sha256.digest();
  private final MessageDigest parts = Sha256.digest();
  private long inPart;
  private boolean several;

  public ContentHash() {
    this(PART);
  }

  private ContentHash(int partSize) {
    this.partSize = partSize;
  }

  /// The hash of a buffer from its position to its limit, which are left as they were; in
  /// lower-case hex.
  public static String of(ByteBuffer content) {
    return of(content, PART);
  }

  /// The same with parts of another size.
  public static String of(ByteBuffer content, int partSize) {
    ContentHash hash = new ContentHash(partSize);
    hash.update(content);
    return hash.hex();
  }

  /// Goes on with the next bytes, which are left as they were.
  public void update(ByteBuffer content) {
    ByteBuffer left = content.duplicate();
    while (left.hasRemaining()) {
      if (inPart == partSize) {
        endPart();
      }
      int length = (int) Math.min(left.remaining(), partSize - inPart);
      part.update(left.slice(left.position(), length));
      left.position(left.position() + length);
      inPart += length;
    }
  }

  /// The hash of all, in lower-case hex; nothing may follow.
  public String hex() {
    if (!several) {
      return HexFormat.of().formatHex(part.digest());
    }
    endPart();
    return HexFormat.of().formatHex(parts.digest());
  }

  private void endPart() {
    parts.update(part.digest());
    inPart = 0;
    several = true;
  }
}
