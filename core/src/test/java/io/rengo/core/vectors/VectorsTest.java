package io.rengo.core.vectors;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs every case of every file of a folder of test vectors: of the bundled one, or of
/// `-Drengo.vectors=DIR`. Files without an [Operation] are listed at the end.
class VectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TreeSet<String> NOT_YET = new TreeSet<>();

  @TestFactory
  List<DynamicContainer> vectors() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(this::file)
          .toList();
    }
  }

  @AfterAll
  static void listWhatHasNoRunner() {
    if (!NOT_YET.isEmpty()) {
      System.out.println("not yet: " + String.join(", ", NOT_YET));
    }
  }

  private static Path folder() throws URISyntaxException {
    String given = System.getProperty("rengo.vectors", "");
    return given.isEmpty()
        ? Path.of(Objects.requireNonNull(VectorsTest.class.getResource("/vectors")).toURI())
        : Path.of(given);
  }

  private DynamicContainer file(Path file) {
    String name = file.getFileName().toString();
    String operation = name.substring(0, name.length() - ".json".length());
    Stream<DynamicTest> cases =
        Operation.named(operation)
            .map(runner -> cases(file).map(each -> test(name, each, runner)))
            .orElseGet(() -> {
              NOT_YET.add(operation);
              return Stream.empty();
            });
    return dynamicContainer(name, file.toUri(), cases);
  }

  private static Stream<JsonNode> cases(Path file) {
    try {
      JsonNode cases = JSON.readTree(file.toFile());
      if (cases.isEmpty()) {
        throw new IllegalStateException(file + " has no cases");
      }
      return cases.valueStream();
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }

  private static DynamicTest test(String file, JsonNode each, Operation runner) {
    String name = each.path("name").asText();
    return dynamicTest(
        name,
        () -> {
          JsonNode got = JSON.valueToTree(runner.run(each.path("inputs"), each.path("params")));
          Comparison.of(file + " " + name, each.path("tolerance"))
              .check(each.path("expected"), got);
        });
  }
}
