package io.rengo.aws;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// Buffers on their way to S3 and back, without a copy of their own, and their hash as S3 has it.
final class Bytes {
  private static final int SHA256_LENGTH = 32;

  private Bytes() {}

  static RequestBody body(ByteBuffer content) {
    return RequestBody.fromContentProvider(
        () -> new BufferStream(content.duplicate()),
        content.remaining(),
        "application/octet-stream");
  }

  /// Reads to the end of the stream, where the SDK compares the bytes with their checksum.
  static ByteBuffer read(GetObjectResponse response, InputStream stream) {
    byte[] bytes = new byte[Math.toIntExact(response.contentLength())];
    try {
      int read = stream.readNBytes(bytes, 0, bytes.length);
      if (read < bytes.length || stream.read() >= 0) {
        throw new IOException("the answer does not have " + bytes.length + " bytes");
      }
    } catch (IOException e) {
      throw RetryableException.create("the object could not be read to its end", e);
    }
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  static String sha256(ByteBuffer content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(content.duplicate());
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /// Hex of the hash that S3 tells in base 64, or empty where it is not of the whole object.
  static Optional<String> hex(Optional<String> base64) {
    return base64
        .filter(text -> !text.contains("-"))
        .map(Base64.getDecoder()::decode)
        .filter(bytes -> bytes.length == SHA256_LENGTH)
        .map(HexFormat.of()::formatHex);
  }

  private static final class BufferStream extends InputStream {
    private final ByteBuffer left;

    BufferStream(ByteBuffer left) {
      this.left = left;
    }

    @Override
    public int read() {
      return left.hasRemaining() ? left.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (length > 0 && !left.hasRemaining()) {
        return -1;
      }
      int count = Math.min(length, left.remaining());
      left.get(into, offset, count);
      return count;
    }

    @Override
    public int available() {
      return left.remaining();
    }
  }
}
