package io.rengo.bench;

import io.rengo.agent.Examples;
import io.rengo.agent.LocalTraining;
import io.rengo.agent.MemberData;
import io.rengo.agent.PrivateTraining;
import io.rengo.agent.Trainer;
import io.rengo.core.Initializer;
import io.rengo.core.SplitMix64;
import io.rengo.core.privacy.RoundedGaussian;
import io.rengo.core.privacy.SecureBits;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// `PrivateSgdSpeed [TIMES [ROWS]]`: one epoch of plain SGD and of DP-SGD on the MLP 784-128-10
/// over 60,000 random images, and on two convolutions over `ROWS` of them (6,000), in CPU seconds
/// of one thread, one after the other, the best of several. Prints a JSON line for each model and
/// size of batch, and one for the noise alone.
public final class PrivateSgdSpeed {
  private static final int ROWS = 60_000;
  private static final int WIDTH = 784;
  private static final String MLP = "model: {kind: mlp, layers: [784, 128, 10]}";
  private static final String CNN =
      """
      model:
        kind: cnn
        input: [28, 28, 1]
        convolutions:
          - {filters: 16, kernel: 5, stride: 1, pool: 2}
          - {filters: 32, kernel: 5, stride: 1, pool: 2}
        layers: [10]
      """;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private PrivateSgdSpeed() {}

  public static void main(String[] arguments) {
    int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 6_000;
    Examples images = images();
    compare("mlp", MLP, images, times, 32, 64, 256, 600);
    Examples fewer = images.select(IntStream.range(0, rows).toArray());
    compare("cnn", CNN, fewer, times, 32, 64, 256);
    noise(times);
  }

  private static void compare(
      String name, String file, Examples images, int times, int... batches) {
    ModelSpec model = JobFile.parse(file, "bench").model();
    float[] begin = Initializer.parameters(model.layout(), model.initial(), 1);
    Trainer trainer = Images.trainer(model, new MemberData(images, images.select(new int[0])));
    for (int batch : batches) {
      double plain = Double.POSITIVE_INFINITY;
      double hidden = Double.POSITIVE_INFINITY;
      for (int i = 0; i < times; i++) {
        plain = Math.min(plain, seconds(() -> trainer.train(begin, settings(batch, false))));
        hidden = Math.min(hidden, seconds(() -> trainer.train(begin, settings(batch, true))));
      }
      print(
          Map.of(
              "model",
              name,
              "batch",
              batch,
              "sgd",
              plain,
              "dpSgd",
              hidden,
              "ratio",
              hidden / plain));
    }
  }

  private static void noise(int times) {
    RoundedGaussian gaussian = new RoundedGaussian(1.1, new SecureBits());
    float[] values = new float[100_000];
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < times; i++) {
      double spent =
          seconds(() -> {
            for (int round = 0; round < 100; round++) {
              gaussian.add(values, values.length, 1);
            }
          });
      best = Math.min(best, spent);
    }
    print(Map.of("noiseNanosecondsPerParameter", best * 1e9 / 1e7));
  }

  private static double seconds(Runnable work) {
    long begin = THREADS.getCurrentThreadCpuTime();
    work.run();
    return (THREADS.getCurrentThreadCpuTime() - begin) / 1e9;
  }

  private static LocalTraining settings(int batch, boolean hidden) {
    return new LocalTraining(
        1,
        batch,
        "sgd",
        0.1,
        0,
        0,
        0,
        1,
        hidden ? Optional.of(new PrivateTraining(1, 1.1)) : Optional.empty());
  }

  private static Examples images() {
    SplitMix64 random = new SplitMix64(1);
    float[] features = new float[ROWS * WIDTH];
    float[] targets = new float[ROWS];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextInt(2) == 0 ? 0 : random.nextFloat();
    }
    for (int i = 0; i < ROWS; i++) {
      targets[i] = random.nextInt(10);
    }
    return new Examples(ROWS, WIDTH, features, targets);
  }

  private static void print(Map<String, Object> line) {
    System.out.println(Json.write(new TreeMap<>(line)));
  }
}
