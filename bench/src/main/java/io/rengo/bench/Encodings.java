package io.rengo.bench;

import io.rengo.agent.Examples;
import io.rengo.agent.MemberData;
import io.rengo.agent.TrainerProvider;
import io.rengo.agent.data.Partition;
import io.rengo.core.codec.ModelDelta;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// `Encodings [ROUNDS]`: Fashion-MNIST, ten members (Dirichlet 0.5), one epoch a round: what an
/// encoding costs in accuracy on the test set after as many rounds (twice as many with error
/// feedback), and what updates and models weigh on the wire. Three seeds; one JSON line for each
/// encoding.
public final class Encodings {
  private static final int MEMBERS = 10;
  private static final long[] SEEDS = {1, 2, 3};

  private Encodings() {}

  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    Examples training = Images.fashionMnist("train");
    Examples test = Images.fashionMnist("t10k");
    Map<String, MemberData> data = new TreeMap<>();
    List<String> names = Jobs.names(MEMBERS);
    List<int[]> parts = Partition.dirichlet(training.classes(), MEMBERS, 0.5, 42, 10);
    for (int i = 0; i < MEMBERS; i++) {
      data.put(
          names.get(i), new MemberData(training.select(parts.get(i)), training.select(new int[0])));
    }
    Measured plain = measure("kind: float32", rounds, names, data, test);
    print("float32", rounds, plain, plain, 0);
    for (var encoding :
        List.of(
            Map.entry("kind: bfloat16", 1),
            Map.entry("kind: int8", 1),
            Map.entry("kind: top-k, share: 0.01", 2))) {
      Measured measured =
          measure(encoding.getKey(), encoding.getValue() * rounds, names, data, test);
      print(
          encoding.getKey().substring("kind: ".length()),
          encoding.getValue() * rounds,
          measured,
          plain,
          encoding.getValue() == 1 ? 0.005 : 0.01);
    }
  }

  /// @param accuracies on the test set, one for each seed
  /// @param up bytes of an update
  /// @param down bytes of a model's change, in the mean of the rounds
  private record Measured(List<Double> accuracies, double up, double down, double model) {
    double accuracy() {
      return accuracies.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
  }

  private static Measured measure(
      String encoding,
      int rounds,
      List<String> names,
      Map<String, MemberData> data,
      Examples test) {
    List<Double> accuracies = new ArrayList<>();
    double up = 0;
    double down = 0;
    double model = 0;
    for (long seed : SEEDS) {
      String file =
          """
          model: {kind: mlp, layers: [784, 128, 10]}
          training: {trainer: dense, epochs: 1, batch-size: 32, optimizer: sgd, learning-rate: 0.1}
          rounds: {count: %d, quorum: 10, deadline: 30m}
          encoding: {%s}
          seed: %d
          """
              .formatted(rounds, encoding, seed);
      TrainerProvider provider = dense();
      Jobs.Run run =
          Jobs.run(
              file, Optional.empty(), Optional.empty(), names, provider, m -> () -> data.get(m));
      accuracies.add(FashionMnist.accuracies(run, provider, file, test).get(rounds));
      up = run.reports().getFirst().bytes() / (double) MEMBERS;
      down = changes(run, file).average().orElseThrow();
      model = JobFile.parse(file, "bench").model().layout().size() * Float.BYTES;
    }
    return new Measured(accuracies, up, down, model);
  }

  private static DoubleStream changes(Jobs.Run run, String file) {
    int bytes = Math.toIntExact(JobFile.parse(file, "bench").model().layout().size() * Float.BYTES);
    List<ByteBuffer> models = List.copyOf(run.models().values());
    return IntStream.range(1, models.size())
        .mapToDouble(i ->
            ModelDelta.encode(tail(models.get(i - 1), bytes), tail(models.get(i), bytes))
                .remaining());
  }

  private static ByteBuffer tail(ByteBuffer file, int bytes) {
    return file.slice(file.limit() - bytes, bytes);
  }

  private static TrainerProvider dense() {
    return ServiceLoader.load(TrainerProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals("dense"))
        .findFirst()
        .orElseThrow();
  }

  private static void print(
      String name, int rounds, Measured measured, Measured plain, double points) {
    double loss = plain.accuracy() - measured.accuracy();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("name", "fashion-mnist " + name);
    line.put("value", measured.accuracy());
    line.put("unit", "accuracy");
    line.put("accuracies", measured.accuracies());
    line.put("rounds", rounds);
    line.put("target", plain.accuracy() - points);
    line.put("ratio", loss <= points ? 1 : points / loss);
    line.put("up", measured.up());
    line.put("down", measured.down());
    line.put("model", measured.model());
    System.out.println(Json.write(line));
  }
}
