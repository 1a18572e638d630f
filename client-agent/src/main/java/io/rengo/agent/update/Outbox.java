package io.rengo.agent.update;

import io.rengo.agent.Patience;
import io.rengo.core.ContentHash;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.Put;
import io.rengo.protocol.Task;
import io.rengo.protocol.UpdateManifest.Payload;
import java.nio.ByteBuffer;

/// Puts what a member sends into the store, once: a task that is done twice counts once.
final class Outbox {
  private final ObjectStore objects;

  Outbox(ObjectStore objects) {
    this.objects = objects;
  }

  Payload putPayload(Task task, ByteBuffer content) {
    String hash = ContentHash.of(content);
    String key = new ObjectKeys(task.job()).payload(task.round(), task.member(), hash);
    Patience.again(() -> objects.putOnce(key, content, hash));
    return new Payload(hash, content.remaining());
  }

  /// Announces the update: this comes last.
  Put putManifest(Task task, ByteBuffer content) {
    String key = new ObjectKeys(task.job()).manifest(task.round(), task.member());
    return Patience.again(() -> objects.putOnce(key, content));
  }
}
