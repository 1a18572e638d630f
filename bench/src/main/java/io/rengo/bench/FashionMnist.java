package io.rengo.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import io.rengo.agent.Examples;
import io.rengo.agent.MemberData;
import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// `FashionMnist FOLDER ROUNDS TRAINER`: ten members, one epoch a round, on the partition
/// (`parts.json`) and the initial model (`initial.safetensors`) of FOLDER. Prints one JSON line.
public final class FashionMnist {
  private FashionMnist() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    String trainer = arguments[2];
    Examples training = Images.fashionMnist("train");
    Examples test = Images.fashionMnist("t10k");
    List<int[]> parts =
        Json.MAPPER.readValue(folder.resolve("parts.json").toFile(), new TypeReference<>() {});
    String file =
        """
        model: {kind: mlp, layers: [784, 128, 10]}
        training: {trainer: %s, epochs: 1, batch-size: 32, optimizer: sgd, learning-rate: 0.1}
        rounds: {count: %d, quorum: 10, deadline: 30m}
        seed: 1
        """
            .formatted(trainer, rounds);
    TrainerProvider provider =
        ServiceLoader.load(TrainerProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(candidate -> candidate.name().equals(trainer))
            .findFirst()
            .orElseThrow();
    List<String> names = Jobs.names(parts.size());
    Examples none = training.select(new int[0]);
    Map<String, MemberData> data = new TreeMap<>();
    for (int i = 0; i < parts.size(); i++) {
      data.put(names.get(i), new MemberData(training.select(parts.get(i)), none));
    }
    Jobs.Run run =
        Jobs.run(
            file,
            Optional.of(ByteBuffer.wrap(Files.readAllBytes(folder.resolve("initial.safetensors")))),
            Optional.empty(),
            names,
            provider,
            member -> () -> data.get(member));
    Map<String, Object> line = new TreeMap<>();
    line.put("trainer", trainer);
    line.put("roundSeconds", run.reports().stream().map(report -> report.seconds()).toList());
    line.put("medianRoundSeconds", run.medianSeconds());
    line.put("accuracy", accuracies(run, provider, file, test));
    System.out.println(Json.write(line));
  }

  static Map<Integer, Double> accuracies(
      Jobs.Run run, TrainerProvider provider, String file, Examples test) {
    var spec = JobFile.parse(file, "bench");
    Layout layout = spec.model().layout();
    Trainer trainer =
        provider.open(
            new TrainerProvider.Context(
                Json.tree(spec.model()),
                spec.training().settings(),
                Json.MAPPER.createObjectNode(),
                layout,
                () -> new MemberData(test.select(new int[0]), test),
                Path.of(".")));
    Map<Integer, Double> accuracies = new TreeMap<>();
    run.models()
        .forEach((version, model) ->
            accuracies.put(
                version,
                trainer.evaluate(Safetensors.read(model, layout)).accuracy().orElseThrow()));
    return accuracies;
  }
}
