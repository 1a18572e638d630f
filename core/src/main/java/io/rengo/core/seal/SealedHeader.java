package io.rengo.core.seal;

import io.rengo.core.FormatException;
import io.rengo.core.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The beginning of a sealed object, in plain sight; every segment's seal covers it. Numbers are
/// little-endian:
///
/// | byte | bytes | |
/// | --- | --- | --- |
/// | 0 | 8 | `RENGOSL1` |
/// | 8 | 4 | bytes of content in a segment |
/// | 12 | 4 | bytes of the wrapped key |
/// | 16 | 8 | bytes of content in all |
/// | 24 | 32 | salt, drawn anew for each object |
/// | 56 | … | the wrapped key |
///
/// @param segment bytes of content in a segment; the last one may hold fewer
/// @param length bytes of content in all
/// @param salt by which no two objects have the same key; 32 bytes
/// @param wrappedKey the data key as the key service wrapped it
public record SealedHeader(int segment, long length, ByteBuffer salt, ByteBuffer wrappedKey) {
  /// Bytes of content in a segment of what is sealed now.
  public static final int SEGMENT = 1 << 16;

  /// Bytes that a segment grows by: AES-GCM's tag.
  public static final int TAG = 16;

  /// Bytes before the wrapped key.
  public static final int FIXED = 56;

  /// The most bytes that a header may have.
  public static final int MAX = FIXED + 6144;

  static final int SALT = 32;
  private static final long MAX_LENGTH = 1L << 44;
  private static final int MIN_SEGMENT = 64;
  private static final int MAX_SEGMENT = 1 << 20;
  private static final byte[] MAGIC = "RENGOSL1".getBytes(StandardCharsets.US_ASCII);

  public SealedHeader {
    check(segment >= MIN_SEGMENT && segment <= MAX_SEGMENT, 8, "no segment has %d bytes", segment);
    int wrapped = wrappedKey.remaining();
    check(wrapped >= 1 && wrapped <= MAX - FIXED, 12, "no wrapped key has %d bytes", wrapped);
    check(length >= 0 && length <= MAX_LENGTH, 16, "no content has %d bytes", length);
    check(salt.remaining() == SALT, 24, "no salt has %d bytes", salt.remaining());
    salt = salt.asReadOnlyBuffer();
    wrappedKey = wrappedKey.asReadOnlyBuffer();
  }

  /// Whether an object that begins so is a sealed one, of whatever version.
  public static boolean isSealed(ByteBuffer prefix) {
    return prefix.remaining() >= MAGIC.length
        && prefix
            .slice(prefix.position(), MAGIC.length - 1)
            .equals(ByteBuffer.wrap(MAGIC, 0, MAGIC.length - 1));
  }

  /// Reads a header; throws [FormatException] where it is none, or not that of an object of this
  /// size.
  ///
  /// @param prefix the first bytes of the object, [#MAX] of them or all
  /// @param objectSize bytes of the whole object
  public static SealedHeader read(ByteBuffer prefix, long objectSize) {
    ByteBuffer in = prefix.slice().order(ByteOrder.LITTLE_ENDIAN);
    check(in.remaining() >= FIXED, in.remaining(), "the header is cut short");
    byte[] magic = new byte[MAGIC.length];
    in.get(magic);
    check(MessageDigest.isEqual(magic, MAGIC), 0, "not a sealed object of version 1");
    int segment = in.getInt();
    int wrapped = in.getInt();
    long length = in.getLong();
    check(wrapped >= 1 && wrapped <= MAX - FIXED, 12, "no wrapped key has %d bytes", wrapped);
    check(in.remaining() >= SALT + wrapped, in.capacity(), "the header is cut short");
    SealedHeader header =
        new SealedHeader(segment, length, copy(in.slice(24, SALT)), copy(in.slice(FIXED, wrapped)));
    check(
        header.objectSize() == objectSize,
        Math.min(objectSize, header.objectSize()),
        "the object has %d bytes, its header says %d",
        objectSize,
        header.objectSize());
    return header;
  }

  /// The header's bytes.
  public ByteBuffer encode() {
    return ByteBuffer.allocate(size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putInt(segment)
        .putInt(wrappedKey.remaining())
        .putLong(length)
        .put(salt.duplicate())
        .put(wrappedKey.duplicate())
        .flip();
  }

  /// The most bytes of an object with a content of this many.
  public static long largest(long content) {
    return MAX + content + Math.max(1, Math.ceilDiv(content, MIN_SEGMENT)) * TAG;
  }

  /// Bytes of the header: the first segment begins there.
  public int size() {
    return FIXED + wrappedKey.remaining();
  }

  /// Number of segments: one at least, so that even empty content is sealed.
  public long segments() {
    return Math.max(1, Math.ceilDiv(length, segment));
  }

  /// Bytes of the whole object.
  public long objectSize() {
    return size() + length + segments() * TAG;
  }

  /// The byte at which a segment begins in the object.
  long position(long index) {
    return size() + index * ((long) segment + TAG);
  }

  /// Bytes of content in a segment.
  int contentOf(long index) {
    return (int) Math.min(segment, length - index * segment);
  }

  byte[] hash() {
    MessageDigest digest = Sha256.digest();
    digest.update(encode());
    return digest.digest();
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }

  private static void check(boolean holds, long position, String what, Object... arguments) {
    if (!holds) {
      throw new FormatException(position, what.formatted(arguments));
    }
  }
}
