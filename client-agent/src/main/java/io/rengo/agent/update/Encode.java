package io.rengo.agent.update;

import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.protocol.Task;
import java.nio.ByteBuffer;
import java.util.Map;

/// Turns a delta into the bytes of a payload.
final class Encode {
  /// The payload: a safetensors file.
  ByteBuffer encode(Task task, Layout layout, float[] delta) {
    return Safetensors.write(layout, Map.of(), delta);
  }
}
