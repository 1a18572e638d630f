package io.rengo.agent;

import io.rengo.core.FormatException;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import java.nio.ByteBuffer;

/// Fetches the model that a task begins from.
final class ModelSource {
  private final ObjectStore objects;

  ModelSource(ObjectStore objects) {
    this.objects = objects;
  }

  float[] fetch(Task task, Layout layout) {
    String key = task.model().key();
    ByteBuffer file =
        Patience.again(() -> objects.get(key))
            .orElseThrow(() ->
                new RengoException(
                    ErrorCode.OBJECT_MISSING,
                    "the model is not there",
                    key,
                    "The job may have been removed; the task is dropped"))
            .content();
    try {
      return Safetensors.read(file, layout);
    } catch (FormatException e) {
      throw new RengoException(
          ErrorCode.TASK_INVALID,
          "the model cannot be read: " + e.getMessage(),
          key,
          "Let the agent and the deployment run the same version of Rengo",
          e);
    }
  }
}
