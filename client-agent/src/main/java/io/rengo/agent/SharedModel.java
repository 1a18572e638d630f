package io.rengo.agent;

import io.rengo.protocol.ModelRef;
import java.lang.ref.SoftReference;
import java.util.Optional;
import java.util.function.Supplier;

/// The model that was fetched last, for the members of one process: they are asked to train the
/// same one, and none of them changes it. It is let go when memory is short.
public final class SharedModel {
  private Optional<ModelRef> model = Optional.empty();
  private SoftReference<float[]> parameters = new SoftReference<>(new float[0]);

  /// The parameters of this model, fetched unless they are those at hand. Members that come
  /// meanwhile wait, and find them.
  synchronized float[] of(ModelRef wanted, Supplier<float[]> fetch) {
    float[] present = parameters.get();
    if (present != null && model.equals(Optional.of(wanted))) {
      return present;
    }
    float[] fetched = fetch.get();
    model = Optional.of(wanted);
    parameters = new SoftReference<>(fetched);
    return fetched;
  }
}
