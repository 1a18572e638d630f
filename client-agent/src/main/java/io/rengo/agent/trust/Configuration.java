package io.rengo.agent.trust;

import io.rengo.core.Sha256;
import io.rengo.protocol.Json;
import io.rengo.protocol.Task;
import java.util.List;

/// What a job does with a member's data: its model and training.
public final class Configuration {
  private Configuration() {}

  /// SHA-256, in hex, of the model and the training as the task names them.
  public static String hash(Task task) {
    return Sha256.hex(Json.write(List.of(Json.tree(task.modelSpec()), Json.tree(task.training()))));
  }
}
