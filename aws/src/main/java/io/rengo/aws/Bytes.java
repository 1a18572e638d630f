package io.rengo.aws;

import io.rengo.core.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// Buffers on their way to S3 and back, without a copy of their own, and their hash as S3 has it.
final class Bytes {
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

  /// A hash in hex as S3 wants it, in base 64.
  static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  /// Hex of the hash that S3 tells in base 64: of the whole object, or, with their number behind
  /// it, of its parts' hashes.
  static Optional<String> hex(Optional<String> base64) {
    return base64
        .map(text -> text.replaceFirst("-\\d+$", ""))
        .map(Base64.getDecoder()::decode)
        .filter(bytes -> bytes.length == Sha256.BYTES)
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
