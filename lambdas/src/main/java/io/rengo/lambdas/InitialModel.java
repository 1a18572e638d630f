package io.rengo.lambdas;

import io.rengo.core.Initializer;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.core.Sha256;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Ports;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The model that a job begins with: version 0. It is made and stored shard by shard, as one upload
/// in parts, since it may not fit into memory.
final class InitialModel {
  private final ObjectStore objects;
  private final Layout layout;
  private final Shards shards;
  private final String key;
  private final ByteBuffer header;

  private InitialModel(ObjectStore objects, Job job) {
    this.objects = objects;
    this.layout = job.layout();
    this.shards = job.shards();
    this.key = job.keys().model(0);
    this.header = Safetensors.header(layout, Map.of("version", "0"));
  }

  /// Stores it once and returns where it is.
  ///
  /// @param given the object to take the parameters from; otherwise the seed makes them
  static ModelRef store(Ports ports, Job job, Optional<String> given, long seed) {
    var model = new InitialModel(ports.objects(), job);
    if (ports.objects().head(model.key).isEmpty()) {
      model.upload(
          given
              .<Consumer<float[]>>map(
                  from -> GivenModel.open(ports.objects(), from, job.layout())::next)
              .orElseGet(() ->
                  Initializer.pieces(job.layout(), job.spec().model().initial(), seed)::next));
    }
    return model.stored();
  }

  private void upload(Consumer<float[]> pieces) {
    String id = objects.openUpload(key);
    List<String> etags = new ArrayList<>();
    for (int shard = 0; shard < shards.count(); shard++) {
      float[] piece = new float[shards.length(shard)];
      pieces.accept(piece);
      etags.add(objects.uploadPart(key, id, shard + 1, part(shard, piece)));
    }
    objects.completeUpload(key, id, etags);
  }

  private ByteBuffer part(int shard, float[] piece) {
    ByteBuffer first = shard == 0 ? header.duplicate() : ByteBuffer.allocate(0);
    ByteBuffer part =
        ByteBuffer.allocate(first.remaining() + piece.length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(first);
    part.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(piece);
    return part.rewind();
  }

  /// What is stored counts, whoever stored it.
  private ModelRef stored() {
    IntFunction<String> hash =
        shard ->
            Sha256.hex(
                objects.range(
                    key,
                    header.remaining() + shards.begin(shard) * Float.BYTES,
                    shards.length(shard) * Float.BYTES));
    return new ModelRef(
        0,
        key,
        header.remaining() + layout.size() * Float.BYTES,
        layout.hash(),
        Shards.hash(IntStream.range(0, shards.count()).mapToObj(hash).toList()));
  }
}
