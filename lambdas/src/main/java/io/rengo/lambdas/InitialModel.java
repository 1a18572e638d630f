package io.rengo.lambdas;

import io.rengo.core.FormatException;
import io.rengo.core.Initializer;
import io.rengo.core.Layout;
import io.rengo.core.ModelHash;
import io.rengo.core.Safetensors;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RengoException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/// The model that a job begins with: version 0.
final class InitialModel {
  private InitialModel() {}

  /// Stores it once and returns where it is.
  ///
  /// @param given the object to take the parameters from; otherwise the seed makes them
  static ModelRef store(Ports ports, Job job, Optional<String> given, long seed) {
    Layout layout = job.layout();
    float[] parameters =
        given
            .map(key -> read(ports, key, layout))
            .orElseGet(() -> Initializer.parameters(layout, job.spec().model().initial(), seed));
    String key = job.keys().model(0);
    ports.objects().putOnce(key, Safetensors.write(layout, Map.of("version", "0"), parameters));
    ByteBuffer file = Job.content(ports.objects(), key);
    return new ModelRef(0, key, file.remaining(), layout.hash(), hash(file, job));
  }

  private static String hash(ByteBuffer file, Job job) {
    int bytes = Math.toIntExact(job.layout().size() * Float.BYTES);
    return ModelHash.of(
        file.slice(file.limit() - bytes, bytes), job.spec().aggregation().shardBytes());
  }

  private static float[] read(Ports ports, String key, Layout layout) {
    try {
      return Safetensors.read(Job.content(ports.objects(), key), layout);
    } catch (FormatException e) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "the initial model cannot be read: " + e.getMessage(),
          key,
          "Give a safetensors file with the tensors that the job file's model has",
          e);
    }
  }
}
