package io.rengo.bench;

import io.rengo.agent.Examples;
import io.rengo.agent.MemberData;
import io.rengo.agent.PrivateTraining;
import io.rengo.agent.Trainer;
import io.rengo.agent.data.DataLoader;
import io.rengo.agent.data.DataSettings;
import io.rengo.agent.data.Partition;
import io.rengo.core.Safetensors;
import io.rengo.core.privacy.Adjacency;
import io.rengo.core.privacy.Calibration;
import io.rengo.core.privacy.PldAccountant;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.PrivacyReport;
import io.rengo.protocol.RoundReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `PrivacyUtility DIGITS_FOLDER [TIMES]`: accuracy on rows that no member has, of models trained
/// by the simulator at epsilon 1, 3 and 8 and without a promise: digits and Fashion-MNIST, with the
/// example and with the client as the unit. Prints a JSON line for each job.
public final class PrivacyUtility {
  private static final double[] EPSILONS = {1, 3, 8};

  /// One line of the comparison.
  ///
  /// @param layers of the network
  /// @param rate of a Poisson cohort; 1 where everybody takes part
  /// @param clip the clipping norm, of an example's gradient or the first of an update
  private record Work(
      String data,
      boolean client,
      String layers,
      int members,
      double rate,
      int rounds,
      int epochs,
      int batch,
      double learningRate,
      double clip,
      double delta) {}

  private PrivacyUtility() {}

  public static void main(String[] arguments) throws IOException {
    Path digits = Path.of(arguments[0]);
    int times = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    List<Work> works =
        List.of(
            new Work("digits", false, "64, 32, 10", 5, 1, 10, 4, 48, 0.5, 1, 1e-4),
            new Work("digits", true, "64, 10", 400, 0.25, 40, 2, 4, 0.5, 0.5, 2e-4),
            new Work("Fashion-MNIST", false, "784, 128, 10", 10, 1, 20, 2, 256, 0.5, 1, 1e-5),
            new Work("Fashion-MNIST", true, "784, 10", 3000, 0.1, 60, 1, 10, 0.2, 0.5, 2e-5));
    for (Work work : works) {
      Examples all = work.data().equals("digits") ? digits(digits) : Images.fashionMnist("train");
      boolean apart = work.data().equals("digits");
      int[] order = Partition.uniform(all.count(), 1, 7).getFirst();
      int count = apart ? all.count() * 4 / 5 : all.count();
      Examples training = all.select(Arrays.copyOf(order, count));
      Examples test =
          apart
              ? all.select(Arrays.copyOfRange(order, count, order.length))
              : Images.fashionMnist("t10k");
      int repeats = apart ? times : 1;
      run(work, training, test, Optional.empty(), repeats);
      for (double epsilon : EPSILONS) {
        run(work, training, test, Optional.of(epsilon), repeats);
      }
    }
  }

  private static void run(
      Work work, Examples training, Examples test, Optional<Double> epsilon, int times) {
    int rows = training.count() / work.members();
    double noise = epsilon.map(limit -> noise(work, rows, limit)).orElse(0.0);
    List<Double> accuracies = new ArrayList<>();
    double spent = 0;
    long begin = System.nanoTime();
    for (int time = 0; time < times; time++) {
      List<int[]> parts = Partition.uniform(training.count(), work.members(), time + 1);
      List<String> names = Jobs.names(work.members());
      Map<String, MemberData> data = new TreeMap<>();
      Examples none = training.select(new int[0]);
      for (int i = 0; i < parts.size(); i++) {
        data.put(names.get(i), new MemberData(training.select(parts.get(i)), none));
      }
      String file = file(work, epsilon, noise);
      Jobs.Run run =
          Jobs.run(
              file,
              Optional.empty(),
              Optional.empty(),
              names,
              Images.dense(),
              member -> () -> data.get(member));
      accuracies.add(accuracy(run, file, test));
      spent =
          run.reports().stream()
              .map(RoundReport::privacy)
              .flatMap(Optional::stream)
              .mapToDouble(PrivacyReport::epsilon)
              .max()
              .orElse(0);
    }
    Map<String, Object> line = new TreeMap<>();
    line.put("data", work.data());
    line.put("unit", work.client() ? "client" : "example");
    line.put("epsilon", epsilon);
    line.put("spent", spent);
    line.put("noiseMultiplier", noise);
    line.put("accuracies", accuracies);
    line.put("accuracy", accuracies.stream().mapToDouble(each -> each).average().orElseThrow());
    line.put("seconds", (System.nanoTime() - begin) / 1e9 / times);
    line.put("work", work);
    System.out.println(Json.write(line));
  }

  /// The least noise with which all rounds stay within the limit.
  private static double noise(Work work, int rows, double epsilon) {
    Calibration calibration = new Calibration(new PldAccountant(Adjacency.ADD_REMOVE));
    double noise =
        work.client()
            ? calibration.noiseMultiplier(work.rate(), work.rounds(), epsilon, work.delta())
            : calibration.noiseMultiplier(
                PrivateTraining.rate(rows, work.batch()),
                PrivateTraining.steps(rows, work.batch(), work.epochs() * work.rounds()),
                epsilon,
                work.delta());
    return Math.ceil(noise * 1000) / 1000;
  }

  private static String file(Work work, Optional<Double> epsilon, double noise) {
    String job =
        String.format(
            Locale.ROOT,
            """
            model: {kind: mlp, layers: [%s]}
            training: {trainer: dense, epochs: %d, batch-size: %d, learning-rate: %s}
            rounds: {count: %d, quorum: 1, deadline: 30m}
            cohort: %s
            """,
            work.layers(),
            work.epochs(),
            work.batch(),
            work.learningRate(),
            work.rounds(),
            work.rate() < 1 ? "{rule: poisson, rate: " + work.rate() + "}" : "{rule: all}");
    return job
        + epsilon
            .map(limit ->
                String.format(
                    Locale.ROOT,
                    "privacy: {mechanism: %s, epsilon: %s, delta: %.8f, noise-multiplier: %s, clip-norm: %s%s}\n",
                    work.client() ? "central" : "dp-sgd",
                    limit,
                    work.delta(),
                    noise,
                    work.clip(),
                    work.client() ? ", quantile: 0.5, amplification: true" : ""))
            .orElse("");
  }

  private static double accuracy(Jobs.Run run, String file, Examples test) {
    JobSpec spec = JobFile.parse(file, "bench");
    Trainer trainer = Images.trainer(spec.model(), new MemberData(test.select(new int[0]), test));
    ByteBuffer last =
        run.models().entrySet().stream().max(Map.Entry.comparingByKey()).orElseThrow().getValue();
    return trainer.evaluate(Safetensors.read(last, spec.model().layout())).accuracy().orElseThrow();
  }

  private static Examples digits(Path folder) throws IOException {
    Examples raw =
        DataLoader.read(
            DataSettings.from(
                Json.MAPPER.readTree("{\"format\": \"csv\", \"path\": \"digits.csv.gz\"}"),
                "bench"),
            folder);
    for (int i = 0; i < raw.features().length; i++) {
      raw.features()[i] /= 16;
    }
    return raw;
  }
}
