package io.rengo.core.seal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/// Seals objects.
public final class Sealer {
  private Sealer() {}

  /// The content as a sealed object.
  ///
  /// @param content its bytes from position to limit, left as they were
  /// @param key from which the object's key derives
  /// @param wrappedKey the same key as the key service wrapped it, to be kept with the object
  /// @param context what the object is for; it opens in no other
  /// @param random draws the salt
  public static ByteBuffer seal(
      ByteBuffer content,
      DataKey key,
      ByteBuffer wrappedKey,
      ByteBuffer context,
      SecureRandom random) {
    byte[] salt = new byte[SealedHeader.SALT];
    random.nextBytes(salt);
    return seal(
        content,
        key,
        new SealedHeader(
            SealedHeader.SEGMENT, content.remaining(), ByteBuffer.wrap(salt), wrappedKey),
        context);
  }

  static ByteBuffer seal(ByteBuffer content, DataKey key, SealedHeader header, ByteBuffer context) {
    SegmentCipher cipher = new SegmentCipher(header, key.of(header, context));
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(header.objectSize())).put(header.encode());
    ByteBuffer in = content.duplicate();
    for (long i = 0; i < header.segments(); i++) {
      int size = header.contentOf(i);
      cipher.seal(i, in.slice(in.position(), size), out);
      in.position(in.position() + size);
    }
    return out.flip();
  }
}
