package io.rengo.agent;

import io.rengo.agent.state.KeptModel;
import io.rengo.core.FormatException;
import io.rengo.core.Layout;
import io.rengo.core.ModelHash;
import io.rengo.core.codec.ModelDelta;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.StoredObject;
import io.rengo.protocol.Task;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a task's model of the one that the member has and of what changed since. What comes of it
/// has the hash that the task names, or is not used.
record ModelDeltas(ObjectStore objects, KeptModel kept) {
  /// Versions beyond which the whole model is fetched.
  static final int MOST = 4;

  private static final Logger LOG = LoggerFactory.getLogger(ModelDeltas.class);

  /// The model's parameters, little-endian float32, or empty where it has to be fetched whole.
  Optional<ByteBuffer> rebuild(Task task, Layout layout) {
    int version = task.model().version();
    long bytes = layout.size() * Float.BYTES;
    return kept.of(task.job())
        .filter(base -> base.version() <= version && version - base.version() <= MOST)
        .filter(base -> base.parameters().remaining() == bytes)
        .flatMap(base -> changed(task, base))
        .filter(model -> {
          boolean same = ModelHash.of(model, task.shardBytes()).equals(task.model().hash());
          if (!same) {
            LOG.warn("version {} of job {} is fetched whole", version, task.job());
          }
          return same;
        });
  }

  private Optional<ByteBuffer> changed(Task task, KeptModel.Model base) {
    ByteBuffer model = ByteBuffer.allocate(base.parameters().remaining());
    model.put(base.parameters().duplicate()).flip();
    int shard = (int) Math.min(model.remaining(), task.shardBytes() / Float.BYTES * Float.BYTES);
    for (int version = base.version() + 1; version <= task.model().version(); version++) {
      for (int at = 0; at < model.remaining(); at += shard) {
        String key = new ObjectKeys(task.job()).modelDelta(version, at / shard);
        Optional<StoredObject> change = Patience.again(() -> objects.get(key));
        if (change.isEmpty() || !apply(model, at, shard, change.get().content(), key)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(model);
  }

  private static boolean apply(ByteBuffer model, int at, int shard, ByteBuffer change, String key) {
    try {
      ModelDelta.apply(model.slice(at, Math.min(shard, model.remaining() - at)), change);
      return true;
    } catch (FormatException e) {
      LOG.warn("{} cannot be read: {}", key, e.getMessage());
      return false;
    }
  }
}
