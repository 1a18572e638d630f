package io.rengo.cli;

import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// The models that a job published.
final class Models {
  /// A model that was fetched into a file.
  record Pulled(int version, Path file, long bytes) {}

  private Models() {}

  /// The newest model, or empty where the job has none.
  static Optional<ModelRef> latest(ObjectStore objects, String job) {
    String key = new ObjectKeys(job).latestModel();
    return objects.get(key).map(object -> Json.read(object.content(), ModelRef.class, key));
  }

  /// Fetches a model, the newest without a version. Throws where there is none.
  ///
  /// @param file it is made whole or not at all
  static Pulled pull(ObjectStore objects, String job, OptionalInt version, Path file) {
    int wanted =
        version.orElseGet(() ->
            latest(objects, job).orElseThrow(() -> JobErrors.noModel(job, "any number")).version());
    String key = new ObjectKeys(job).model(wanted);
    long bytes =
        Download.of(objects, key, file).orElseThrow(() -> JobErrors.noModel(job, "" + wanted));
    return new Pulled(wanted, file, bytes);
  }
}
