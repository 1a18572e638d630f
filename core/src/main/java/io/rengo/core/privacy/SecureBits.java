package io.rengo.core.privacy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Secure random bits, many and fast: the key stream of AES-256 in counter mode, under a key from
/// [SecureRandom] that is used for one object alone. For noise and for sampling that protect
/// somebody; nothing about it can be seeded. Not safe for use by several threads at once.
public final class SecureBits implements RandomGenerator {
  private static final int BYTES = 1 << 13;
  private static final byte[] ZEROS = new byte[BYTES];

  private final Cipher stream;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder()).limit(0);

  public SecureBits() {
    SecureRandom source = new SecureRandom();
    byte[] key = new byte[32];
    byte[] counter = new byte[16];
    source.nextBytes(key);
    source.nextBytes(counter);
    try {
      stream = Cipher.getInstance("AES/CTR/NoPadding");
      stream.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES in counter mode", e);
    }
  }

  @Override
  public long nextLong() {
    if (buffer.remaining() < Long.BYTES) {
      refill();
    }
    return buffer.getLong();
  }

  /// Fills an array with random bits.
  public void nextInts(int[] bits) {
    for (int done = 0; done < bits.length; ) {
      if (buffer.remaining() < Integer.BYTES) {
        refill();
      }
      int count = Math.min(bits.length - done, buffer.remaining() / Integer.BYTES);
      buffer.asIntBuffer().get(bits, done, count);
      buffer.position(buffer.position() + count * Integer.BYTES);
      done += count;
    }
  }

  private void refill() {
    try {
      stream.update(ZEROS, 0, BYTES, buffer.array());
    } catch (ShortBufferException e) {
      throw new IllegalStateException("a stream cipher gives as many bytes as it takes", e);
    }
    buffer.clear();
  }
}
