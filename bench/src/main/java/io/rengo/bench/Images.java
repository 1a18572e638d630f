package io.rengo.bench;

import io.rengo.agent.Examples;
import io.rengo.agent.MemberData;
import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;
import io.rengo.agent.data.DataLoader;
import io.rengo.agent.data.DataSettings;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;

/// Fashion-MNIST as the Debian package `dataset-fashion-mnist` has it, and a trainer for it.
final class Images {
  private static final Path DATA = Path.of("/usr/share/datasets/fashion-mnist");

  private Images() {}

  /// @param part `train` or `t10k`
  static Examples fashionMnist(String part) throws IOException {
    Examples raw =
        DataLoader.read(
            DataSettings.from(
                Json.MAPPER.readTree(
                    """
                    {"format": "idx", "path": "%1$s-images-idx3-ubyte.gz",
                     "labels": "%1$s-labels-idx1-ubyte.gz"}
                    """
                        .formatted(part)),
                "bench"),
            DATA);
    for (int i = 0; i < raw.features().length; i++) {
      raw.features()[i] /= 255;
    }
    return raw;
  }

  /// The provider of the trainer `dense`.
  static TrainerProvider dense() {
    return ServiceLoader.load(TrainerProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(candidate -> candidate.name().equals("dense"))
        .findFirst()
        .orElseThrow();
  }

  static Trainer trainer(ModelSpec model, MemberData data) {
    return dense()
        .open(
            new TrainerProvider.Context(
                Json.tree(model),
                Json.MAPPER.createObjectNode(),
                Json.MAPPER.createObjectNode(),
                model.layout(),
                () -> data,
                Path.of(".")));
  }
}
