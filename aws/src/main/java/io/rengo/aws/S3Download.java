package io.rengo.aws;

import io.rengo.protocol.ObjectStore.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// Reads whole objects. A small one comes with one request, and its checksum is compared; of a
/// large one the pieces come over several connections, all of the version that the first one had.
final class S3Download {
  private static final int PIECE = 16 << 20;
  private static final int CONNECTIONS = 4;
  private static final int PRECONDITION_FAILED = 412;

  private final Supplier<S3Client> client;

  S3Download(Supplier<S3Client> client) {
    this.client = client;
  }

  StoredObject get(GetObjectRequest object) {
    return Attempts.whileConflict(
        e -> e.statusCode() == PRECONDITION_FAILED,
        () -> {
          Begun begun = client.get().getObject(object, S3Download::begin);
          if (begun.bytes.length > PIECE) {
            rest(object.toBuilder().ifMatch(begun.etag).build(), begun.bytes);
          }
          return new StoredObject(ByteBuffer.wrap(begun.bytes).asReadOnlyBuffer(), begun.etag);
        });
  }

  /// @param bytes the whole object where it is small; else as long, with its first piece
  private record Begun(byte[] bytes, String etag) {}

  private static Begun begin(GetObjectResponse response, AbortableInputStream stream) {
    if (response.contentLength() <= PIECE) {
      ByteBuffer whole = Bytes.read(response, stream);
      byte[] bytes = new byte[whole.remaining()];
      whole.get(bytes);
      return new Begun(bytes, response.eTag());
    }
    byte[] bytes = new byte[Math.toIntExact(response.contentLength())];
    try {
      if (stream.readNBytes(bytes, 0, PIECE) < PIECE) {
        throw new IOException("the answer ends early");
      }
    } catch (IOException e) {
      throw RetryableException.create("the object could not be read to its end", e);
    }
    stream.abort();
    return new Begun(bytes, response.eTag());
  }

  private void rest(GetObjectRequest object, byte[] bytes) {
    try (ExecutorService readers =
        Executors.newFixedThreadPool(CONNECTIONS, Thread.ofVirtual().factory())) {
      IntStream.range(1, Math.ceilDiv(bytes.length, PIECE))
          .mapToObj(i -> readers.submit(() -> piece(object, bytes, i * PIECE)))
          .toList()
          .forEach(Transfers::await);
    }
  }

  private void piece(GetObjectRequest object, byte[] bytes, int begin) {
    int length = Math.min(PIECE, bytes.length - begin);
    ByteBuffer read =
        client
            .get()
            .getObject(
                object.toBuilder().range("bytes=" + begin + "-" + (begin + length - 1)).build(),
                Bytes::read);
    read.get(bytes, begin, length);
  }
}
