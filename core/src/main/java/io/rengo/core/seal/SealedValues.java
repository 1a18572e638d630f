package io.rengo.core.seal;

import io.rengo.core.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// float32 values of a range of a sealed object. Each segment is opened when its values are asked
/// for, into the same few bytes, and read once where they are asked for in order: so what is opened
/// is added while the cache still holds it. Not safe for several threads.
final class SealedValues implements Values {
  private final SealedHeader header;
  private final SegmentCipher cipher;
  private final ByteBuffer sealed;
  private final long first;
  private final long offset;
  private final ByteBuffer opened;
  private long at = -1;

  /// @param sealed the segments from `first` on
  /// @param offset byte of the content at which the values begin
  SealedValues(
      SealedHeader header, SegmentCipher cipher, ByteBuffer sealed, long first, long offset) {
    this.header = header;
    this.cipher = cipher;
    this.sealed = sealed;
    this.first = first;
    this.offset = offset;
    this.opened = ByteBuffer.allocate(header.segment()).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void get(int begin, float[] into, int count) {
    int done = 0;
    while (done < count) {
      long position = offset + (long) Float.BYTES * (begin + done);
      int inside = open(position);
      int whole = Math.min(count - done, (opened.limit() - inside) / Float.BYTES);
      if (whole > 0) {
        opened
            .slice(inside, whole * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer()
            .get(into, done, whole);
        done += whole;
      } else {
        into[done++] = shared(position);
      }
    }
  }

  /// A value of which two segments hold a part.
  private float shared(long position) {
    int bits = 0;
    for (int i = 0; i < Float.BYTES; i++) {
      bits |= (opened.get(open(position + i)) & 0xff) << (Byte.SIZE * i);
    }
    return Float.intBitsToFloat(bits);
  }

  /// Opens the segment that holds a byte of the content and says where in it the byte is.
  private int open(long position) {
    long segment = position / header.segment();
    if (segment != at) {
      int size = header.contentOf(segment) + SealedHeader.TAG;
      int begin = Math.toIntExact(header.position(segment) - header.position(first));
      at = -1;
      opened.clear();
      cipher.open(segment, sealed.slice(sealed.position() + begin, size), opened);
      opened.flip();
      at = segment;
    }
    return (int) (position - segment * header.segment());
  }
}
