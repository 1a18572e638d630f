package io.rengo.bench;

import io.rengo.agent.Examples;
import io.rengo.agent.LocalTraining;
import io.rengo.agent.MemberData;
import io.rengo.agent.PrivateTraining;
import io.rengo.agent.Trainer;
import io.rengo.core.Safetensors;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `PrivateSgdAccuracy FOLDER TIMES EPOCHS BATCH NOISE CLIP RATE`: DP-SGD on Fashion-MNIST from the
/// initial model of FOLDER, so many times. Prints one JSON line with the accuracies on the test
/// set.
public final class PrivateSgdAccuracy {
  /// @param accuracies on the test set
  /// @param steps of each training
  /// @param seconds of each training
  record Line(List<Double> accuracies, long steps, double seconds) {}

  private PrivateSgdAccuracy() {}

  public static void main(String[] arguments) throws IOException {
    ModelSpec model = JobFile.parse("model: {kind: mlp, layers: [784, 128, 10]}", "bench").model();
    Examples training = Images.fashionMnist("train");
    Trainer trainer = Images.trainer(model, new MemberData(training, Images.fashionMnist("t10k")));
    byte[] initial = Files.readAllBytes(Path.of(arguments[0]).resolve("initial.safetensors"));
    float[] begin = Safetensors.read(ByteBuffer.wrap(initial), model.layout());
    LocalTraining settings =
        new LocalTraining(
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            "sgd",
            Double.parseDouble(arguments[6]),
            0,
            0,
            0,
            1,
            Optional.of(
                new PrivateTraining(
                    Double.parseDouble(arguments[5]), Double.parseDouble(arguments[4]))));
    List<Double> accuracies = new ArrayList<>();
    long steps = 0;
    long start = System.nanoTime();
    int times = Integer.parseInt(arguments[1]);
    for (int time = 0; time < times; time++) {
      var update = trainer.train(begin, settings);
      accuracies.add(trainer.evaluate(update.parameters()).accuracy().orElseThrow());
      steps = PrivateTraining.steps(training.count(), settings.batchSize(), settings.epochs());
    }
    double seconds = (System.nanoTime() - start) / 1e9 / times;
    System.out.println(Json.write(new Line(accuracies, steps, seconds)));
  }
}
