package io.rengo.bench;

import io.rengo.agent.Examples;
import io.rengo.agent.LocalTraining;
import io.rengo.agent.MemberData;
import io.rengo.agent.PrivateTraining;
import io.rengo.agent.Trainer;
import io.rengo.core.Initializer;
import io.rengo.core.privacy.GradientInversion;
import io.rengo.core.privacy.GridNoise;
import io.rengo.core.privacy.SecureBits;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.ModelSpec;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;

/// `Reading`: how many of a member's images can be read off its first update by the exact attack on
/// the first layer, for updates of more and more rows and steps, with clipping and noise. Prints a
/// line of a table for each.
public final class Reading {
  private static final int UNITS = 128;

  private Reading() {}

  public static void main(String[] arguments) throws IOException {
    Examples all = Images.fashionMnist("train");
    Examples others = all.select(IntStream.range(30_000, 30_600).toArray());
    print("1 row, 1 step", all, 1, 1, 1, others, false, 0);
    print("8 rows, 1 step", all, 8, 8, 1, others, false, 0);
    print("32 rows, 1 step", all, 32, 32, 1, others, false, 0);
    print("32 rows, batches of 8, 1 epoch", all, 32, 8, 1, others, false, 0);
    print("600 rows, 1 step", all, 600, 600, 1, others, false, 0);
    print("600 rows, batches of 32, 1 epoch", all, 600, 32, 1, others, false, 0);
    print("600 rows, batches of 32, 5 epochs", all, 600, 32, 5, others, false, 0);
    print("8 rows, 1 step, clipped to 0.1", all, 8, 8, 1, others, false, 1e-9);
    print("8 rows, 1 step, local noise 1 at clip 1", all, 8, 8, 1, others, false, 1);
    print("8 rows, 1 step of DP-SGD, noise 1", all, 8, 8, 1, others, true, 0);
  }

  private static void print(
      String what,
      Examples all,
      int rows,
      int batch,
      int epochs,
      Examples others,
      boolean hidden,
      double noise) {
    ModelSpec model = JobFile.parse("model: {kind: mlp, layers: [784, 128, 10]}", "bench").model();
    float[] begin = Initializer.parameters(model.layout(), model.initial(), 1);
    Examples training = all.select(IntStream.range(0, rows).toArray());
    Trainer trainer = Images.trainer(model, new MemberData(training, others));
    LocalTraining settings =
        new LocalTraining(
            epochs,
            batch,
            "sgd",
            0.1,
            0,
            0,
            0,
            1,
            hidden ? Optional.of(new PrivateTraining(1, 1)) : Optional.empty());
    float[] after = trainer.train(begin, settings).parameters();
    float[] delta = new float[begin.length];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = after[i] - begin[i];
    }
    GradientInversion update = GradientInversion.of(noisy(delta, noise), 784, UNITS);
    System.out.println(
        "| %s | %d of %d | %d of %d |"
            .formatted(
                what,
                update.read(training.features()),
                rows,
                update.read(others.features()),
                others.count()));
  }

  private static float[] noisy(float[] delta, double noise) {
    if (noise == 0) {
      return delta;
    }
    double[] wide = new double[delta.length];
    double squares = 0;
    for (float value : delta) {
      squares += (double) value * value;
    }
    double clip = noise < 1e-6 ? 0.1 : 1;
    double factor = Math.min(1, clip / Math.sqrt(squares));
    for (int i = 0; i < wide.length; i++) {
      wide[i] = delta[i] * factor;
    }
    double[] sent =
        noise < 1e-6
            ? wide
            : new GridNoise(noise, clip, wide.length).release(wide, new SecureBits());
    float[] floats = new float[sent.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) sent[i];
    }
    return floats;
  }
}
