package io.rengo.agent.trust;

import io.rengo.protocol.Approval;
import io.rengo.protocol.Task;

/// What a job does with a member's data: its model and training.
public final class Configuration {
  private Configuration() {}

  /// SHA-256, in hex, of the model and the training as the task names them.
  public static String hash(Task task) {
    return Approval.configuration(task.modelSpec(), task.training());
  }
}
