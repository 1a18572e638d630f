package io.rengo.lambdas;

import io.rengo.protocol.RengoException;

/// An error that may pass: the state machines name this class in what they retry.
public final class TransientException extends RuntimeException {
  TransientException(RengoException cause) {
    super(cause.getMessage(), cause);
  }
}
