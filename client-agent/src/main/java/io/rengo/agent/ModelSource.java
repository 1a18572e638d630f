package io.rengo.agent;

import io.rengo.agent.state.KeptModel;
import io.rengo.core.FormatException;
import io.rengo.core.Layout;
import io.rengo.core.ModelHash;
import io.rengo.core.Safetensors;
import io.rengo.protocol.Downlink;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;

/// Fetches the model that a task begins from.
public final class ModelSource {
  private final ObjectStore objects;
  private final KeptModel kept;
  private final ModelDeltas deltas;

  /// @param kept the model that was fetched last
  public ModelSource(ObjectStore objects, KeptModel kept) {
    this.objects = objects;
    this.kept = kept;
    this.deltas = new ModelDeltas(objects, kept);
  }

  /// The server's mean of the members' vectors, as it stands beside the task's model; zeros beside
  /// the first.
  float[] vectorMean(Task task, int length) {
    float[] mean = new float[length];
    ObjectKeys keys = new ObjectKeys(task.job());
    int version = task.model().version();
    for (int shard = 0, begin = 0; version > 0 && begin < length; shard++) {
      String key = keys.vectorMean(version, shard);
      FloatBuffer part = content(key).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      int count = Math.min(part.remaining(), length - begin);
      part.get(mean, begin, count);
      begin += count;
    }
    return mean;
  }

  /// The task's model, by what changed of the one before where the job allows it.
  public float[] fetch(Task task, Layout layout) {
    if (task.downlink() == Downlink.FULL) {
      return whole(task, layout);
    }
    Optional<ByteBuffer> rebuilt = deltas.rebuild(task, layout);
    float[] model = rebuilt.map(ModelSource::floats).orElseGet(() -> whole(task, layout));
    kept.keep(task.job(), task.model().version(), rebuilt.orElseGet(() -> bytes(model)));
    return model;
  }

  private static float[] floats(ByteBuffer parameters) {
    float[] model = new float[parameters.remaining() / Float.BYTES];
    parameters.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(model);
    return model;
  }

  private static ByteBuffer bytes(float[] model) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(model.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(model);
    return bytes;
  }

  private float[] whole(Task task, Layout layout) {
    String key = task.model().key();
    try {
      return Safetensors.read(file(task, layout), layout);
    } catch (FormatException e) {
      throw new RengoException(
          ErrorCode.TASK_INVALID,
          "the model cannot be read: " + e.getMessage(),
          key,
          "Let the agent and the deployment run the same version of Rengo",
          e);
    }
  }

  /// The model's file; throws where it is not the one that a signed task names.
  public ByteBuffer file(Task task, Layout layout) {
    ByteBuffer file = content(task.model().key());
    check(task, layout, file);
    return file;
  }

  private ByteBuffer content(String key) {
    return Patience.again(() -> objects.get(key))
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.OBJECT_MISSING,
                "the model is not there",
                key,
                "The job may have been removed; the task is dropped"))
        .content();
  }

  /// The federation signed the task, and the task names the model's hash.
  private static void check(Task task, Layout layout, ByteBuffer file) {
    if (!task.trust().signed()) {
      return;
    }
    String hash =
        parameters(file, layout)
            .map(parameters -> ModelHash.of(parameters, task.shardBytes()))
            .orElse("nothing");
    if (!hash.equals(task.model().hash())) {
      throw new RengoException(
          ErrorCode.MODEL_UNTRUSTED,
          "the model's hash is %s, the signed task names %s".formatted(hash, task.model().hash()),
          task.model().key(),
          "Ask the federation's operator who could write there");
    }
  }

  /// The parameters where the file is laid out as the model is. In a file of another order the same
  /// bytes, and so the same hash, would be another model.
  private static Optional<ByteBuffer> parameters(ByteBuffer file, Layout layout) {
    try {
      Safetensors.Header header = Safetensors.readHeader(file, file.remaining());
      return header.liesAs(layout)
          ? Optional.of(
              file.slice(
                  file.position() + (int) header.dataOffset(),
                  (int) (header.size() - header.dataOffset())))
          : Optional.empty();
    } catch (FormatException e) {
      return Optional.empty();
    }
  }
}
