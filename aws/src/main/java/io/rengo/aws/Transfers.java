package io.rengo.aws;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/// Pieces of an object that are moved at the same time.
final class Transfers {
  private Transfers() {}

  /// What the piece's call gave, or its exception.
  static <T> T await(Future<T> piece) {
    try {
      return piece.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SdkException cause) {
        throw cause;
      }
      throw new IllegalStateException("a piece could not be moved", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SdkClientException.create("interrupted", e);
    }
  }
}
