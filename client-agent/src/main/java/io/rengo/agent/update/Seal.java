package io.rengo.agent.update;

import io.rengo.protocol.Json;
import io.rengo.protocol.Task;
import io.rengo.protocol.UpdateManifest;
import java.nio.ByteBuffer;

/// Makes of a payload and its manifest what may travel and lie in a store that others can read.
public interface Seal {
  /// The payload as it is stored.
  ByteBuffer seal(Task task, ByteBuffer payload);

  /// The manifest as it is stored.
  ByteBuffer sign(Task task, UpdateManifest manifest);

  /// As they are: for a transport and a store that protect them by themselves.
  static Seal plain() {
    return new Seal() {
      @Override
      public ByteBuffer seal(Task task, ByteBuffer payload) {
        return payload;
      }

      @Override
      public ByteBuffer sign(Task task, UpdateManifest manifest) {
        return Json.bytes(manifest);
      }
    };
  }
}
