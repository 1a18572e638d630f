package io.rengo.core.seal;

import io.rengo.core.FormatException;
import io.rengo.core.Values;
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
    check(offset, length);
    long first = first(offset);
    long last = last(offset, length);
    ByteBuffer sealed = sealed(first, last, source);
    ByteBuffer out =
        ByteBuffer.allocate(
            sealed.remaining() - Math.toIntExact((last - first + 1) * SealedHeader.TAG));
    SegmentCipher cipher = new SegmentCipher(header, key);
    int at = sealed.position();
    for (long i = first; i <= last; i++) {
      int size = header.contentOf(i) + SealedHeader.TAG;
      cipher.open(i, sealed.slice(at, size), out);
      at += size;
    }
    return out.flip().slice((int) (offset - first * header.segment()), length);
  }

  /// `count` float32 values of the content from byte `offset` on: what they lie in is read at once,
  /// and opened as the values are asked for. Throws as [#open] does, the values themselves where
  /// they are not what was sealed.
  public Values values(long offset, int count, Source source) {
    int length = Math.multiplyExact(count, Float.BYTES);
    check(offset, length);
    long first = first(offset);
    ByteBuffer sealed = sealed(first, last(offset, length), source);
    return new SealedValues(header, new SegmentCipher(header, key), sealed, first, offset);
  }

  private void check(long offset, int length) {
    if (offset < 0 || length < 0 || offset + length > header.length()) {
      throw new FormatException(
          header.length(),
          "%d bytes from %d are not in a content of %d bytes"
              .formatted(length, offset, header.length()));
    }
  }

  private long first(long offset) {
    return Math.min(offset / header.segment(), header.segments() - 1);
  }

  private long last(long offset, int length) {
    return Math.max(first(offset), Math.ceilDiv(offset + length, header.segment()) - 1);
  }

  /// The segments from `first` to `last`, as they are stored.
  private ByteBuffer sealed(long first, long last, Source source) {
    long begin = header.position(first);
    int wanted =
        Math.toIntExact(header.position(last) + header.contentOf(last) + SealedHeader.TAG - begin);
    ByteBuffer sealed = source.range(begin, wanted);
    if (sealed.remaining() != wanted) {
      throw new FormatException(begin + sealed.remaining(), "the object ends in a segment");
    }
    return sealed;
  }
}
