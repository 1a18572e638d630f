package io.rengo.core.seal;

import io.rengo.core.FormatException;
import java.nio.ByteBuffer;
import javax.crypto.SecretKey;

/// Reads ranges of the content of one sealed object. Safe for several threads.
public final class Unsealer {
  /// The sealed object's bytes.
  @FunctionalInterface
  public interface Source {
    /// `length` bytes from `offset`.
    ByteBuffer range(long offset, int length);
  }

  private final SealedHeader header;
  private final SecretKey key;

  /// @param key from which the object's key derives; may be closed afterwards
  /// @param context as it was sealed for
  public Unsealer(SealedHeader header, DataKey key, ByteBuffer context) {
    this.header = header;
    this.key = key.of(header, context);
  }

  /// `length` bytes of the content from `offset`; throws [FormatException] where the object is not
  /// what was sealed, and where the content ends before.
  public ByteBuffer open(long offset, int length, Source source) {
    if (offset < 0 || length < 0 || offset + length > header.length()) {
      throw new FormatException(
          header.length(),
          "%d bytes from %d are not in a content of %d bytes"
              .formatted(length, offset, header.length()));
    }
    long first = Math.min(offset / header.segment(), header.segments() - 1);
    long last = Math.max(first, Math.ceilDiv(offset + length, header.segment()) - 1);
    long begin = header.position(first);
    int wanted =
        Math.toIntExact(header.position(last) + header.contentOf(last) + SealedHeader.TAG - begin);
    ByteBuffer sealed = source.range(begin, wanted);
    if (sealed.remaining() != wanted) {
      throw new FormatException(begin + sealed.remaining(), "the object ends in a segment");
    }
    ByteBuffer out =
        ByteBuffer.allocate(wanted - Math.toIntExact((last - first + 1) * SealedHeader.TAG));
    SegmentCipher cipher = new SegmentCipher(header, key);
    int at = sealed.position();
    for (long i = first; i <= last; i++) {
      int size = header.contentOf(i) + SealedHeader.TAG;
      cipher.open(i, sealed.slice(at, size), out);
      at += size;
    }
    return out.flip().slice((int) (offset - first * header.segment()), length);
  }
}
