package io.rengo.bench;

import io.rengo.core.ContentHash;
import io.rengo.core.MetricSums;
import io.rengo.core.Safetensors;
import io.rengo.core.SplitMix64;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.Task;
import io.rengo.protocol.UpdateManifest;
import io.rengo.protocol.UpdateManifest.Payload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A member whose update repeats one block of values again and again, so that an update of any size
/// can be sent, and its mean be known, without being held.
final class BlockMember {
  /// Values of a block.
  static final int BLOCK = 2 << 20;

  private static final int LARGEST_PUT = 64 << 20;

  private BlockMember() {}

  /// The values that a member repeats.
  static float[] block(String member) {
    SplitMix64 random = SplitMix64.derive(1, "block", member);
    float[] block = new float[BLOCK];
    for (int i = 0; i < block.length; i++) {
      block[i] = (float) (random.nextDouble() - 0.5);
    }
    return block;
  }

  /// Sends the answer to a task: an update, or to an evaluation nothing but counts.
  static void answer(ObjectStore objects, Task task) {
    Optional<Payload> payload =
        task.purpose() == Purpose.TRAIN ? Optional.of(send(objects, task)) : Optional.empty();
    UpdateManifest manifest =
        new UpdateManifest(
            UpdateManifest.VERSION,
            task.job(),
            task.round(),
            task.member(),
            task.model().version(),
            task.modelSpec().layout().hash(),
            payload,
            100,
            1,
            0,
            MetricSums.ZERO,
            0);
    String key = new ObjectKeys(task.job()).manifest(task.round(), task.member());
    objects.putOnce(key, Json.bytes(manifest));
  }

  private static Payload send(ObjectStore objects, Task task) {
    long parameters = task.modelSpec().layout().size();
    ByteBuffer header = Safetensors.header(task.modelSpec().layout(), Map.of());
    ByteBuffer block = ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    block.asFloatBuffer().put(block(task.member()));
    String hash = hash(header, block, parameters);
    String key = new ObjectKeys(task.job()).payload(task.round(), task.member(), hash);
    long size = header.remaining() + parameters * Float.BYTES;
    if (size <= LARGEST_PUT) {
      ByteBuffer whole = ByteBuffer.allocate((int) size).put(header.duplicate());
      while (whole.hasRemaining()) {
        whole.put(block.slice(0, Math.min(whole.remaining(), block.capacity())));
      }
      objects.putOnce(key, whole.flip(), hash);
    } else {
      upload(objects, key, header, block, parameters);
    }
    return new Payload(hash, size);
  }

  private static String hash(ByteBuffer header, ByteBuffer block, long parameters) {
    ContentHash hash = new ContentHash();
    hash.update(header);
    for (long at = 0; at < parameters; at += BLOCK) {
      hash.update(part(block, parameters - at));
    }
    return hash.hex();
  }

  private static void upload(
      ObjectStore objects, String key, ByteBuffer header, ByteBuffer block, long parameters) {
    String id = objects.openUpload(key);
    List<String> etags = new ArrayList<>();
    for (long at = 0; at < parameters; at += BLOCK) {
      ByteBuffer part = part(block, parameters - at);
      ByteBuffer content =
          at > 0
              ? part
              : ByteBuffer.allocate(header.remaining() + part.remaining())
                  .put(header.duplicate())
                  .put(part)
                  .flip();
      etags.add(objects.uploadPart(key, id, etags.size() + 1, content));
    }
    objects.completeUpload(key, id, etags);
  }

  private static ByteBuffer part(ByteBuffer block, long left) {
    return block.slice(0, (int) Math.min(BLOCK, left) * Float.BYTES);
  }
}
