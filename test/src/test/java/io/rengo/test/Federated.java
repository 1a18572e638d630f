package io.rengo.test;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.agent.MemberData;
import io.rengo.agent.TrainerProvider;
import io.rengo.agent.data.DataLoader;
import io.rengo.agent.data.DataSettings;
import io.rengo.protocol.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/// The same members, data and job for the simulator and for a deployment: each member has every
/// third row of the digits in a file of its own.
record Federated(Path folder) {
  static final List<String> MEMBERS = List.of("member-1", "member-2", "member-3");

  static Path root() {
    return Path.of(System.getProperty("rengo.root")).toAbsolutePath().normalize();
  }

  static JsonNode job() {
    try (InputStream in = Federated.class.getResourceAsStream("dl4j-job.json")) {
      return Json.MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes the members' data.
  static Federated in(Path folder) throws IOException {
    Path digits = root().resolve("examples/data/digits.csv.gz");
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(digits)), StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    }
    for (int member = 0; member < MEMBERS.size(); member++) {
      List<String> own = new ArrayList<>(List.of(lines.getFirst()));
      for (int row = 1 + member; row < lines.size(); row += MEMBERS.size()) {
        own.add(lines.get(row));
      }
      Files.write(folder.resolve(MEMBERS.get(member) + ".csv"), own);
    }
    return new Federated(folder);
  }

  /// The section `data` of a member's configuration, as JSON.
  String data(String member) {
    return """
    {"format": "csv", "path": "%s.csv", "header": true, "label": "last", \
    "normalise": {"kind": "scale", "by": 0.0625}, "hold-out": 0.2, "seed": 1}\
    """
        .formatted(member);
  }

  Supplier<MemberData> load(String member) {
    return () ->
        DataLoader.load(
            DataSettings.from(Json.read(data(member), JsonNode.class, member), member), folder);
  }

  static Map<String, TrainerProvider> trainers() {
    Map<String, TrainerProvider> trainers = new TreeMap<>();
    ServiceLoader.load(TrainerProvider.class)
        .forEach(provider -> trainers.put(provider.name(), provider));
    return trainers;
  }
}
