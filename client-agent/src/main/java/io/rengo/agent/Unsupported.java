package io.rengo.agent;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;

/// What a trainer was asked for and does not do.
final class Unsupported {
  private Unsupported() {}

  static RengoException byTrainer(String what) {
    return new RengoException(
        ErrorCode.TASK_INVALID,
        "this trainer does not " + what + ", and the job's algorithm needs it",
        "training.trainer, algorithm",
        "Use the trainer dense, or an algorithm that trains as it is: plain or fednova");
  }
}
