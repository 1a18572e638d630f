package io.rengo.core.privacy;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/// The system's secure random bits, fetched many at a time. For noise and for sampling that protect
/// somebody; nothing about it can be seeded. Not safe for use by several threads at once.
public final class SecureBits implements RandomGenerator {
  private static final int BYTES = 1 << 13;

  private final SecureRandom source = new SecureRandom();
  private final ByteBuffer buffer = ByteBuffer.allocate(BYTES).limit(0);

  @Override
  public long nextLong() {
    if (buffer.remaining() < Long.BYTES) {
      source.nextBytes(buffer.array());
      buffer.clear();
    }
    int at = buffer.position();
    long bits = buffer.getLong();
    buffer.putLong(at, 0);
    return bits;
  }
}
