package io.rengo.bench;

import io.rengo.protocol.Json;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `DummyMembers MEMBERS PARAMETERS ROUNDS [FOLDER]`: the time of a round whose members train
/// nothing. Prints one JSON line.
public final class DummyMembers {
  private DummyMembers() {}

  public static void main(String[] arguments) {
    int members = Integer.parseInt(arguments[0]);
    int parameters = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    Optional<Path> folder =
        arguments.length > 3 ? Optional.of(Path.of(arguments[3])) : Optional.empty();
    String file =
        """
        model: {kind: tensors, tensors: [{name: w, shape: [%d], init: zeros}]}
        training: {trainer: dummy}
        rounds: {count: %d, quorum: 1, deadline: 10m}
        seed: 1
        """
            .formatted(parameters, rounds);
    Jobs.Run run =
        Jobs.run(
            file,
            Optional.empty(),
            folder,
            Jobs.names(members),
            new Dummy(),
            member ->
                () -> {
                  throw new IllegalStateException("the dummy trainer needs no data");
                });
    Map<String, Object> line = new TreeMap<>();
    line.put("members", members);
    line.put("parameters", parameters);
    line.put("medianRoundSeconds", run.medianSeconds());
    line.put("roundSeconds", run.reports().stream().map(report -> report.seconds()).toList());
    System.out.println(Json.write(line));
  }
}
