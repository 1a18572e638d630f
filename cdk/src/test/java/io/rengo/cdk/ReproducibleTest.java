package io.rengo.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReproducibleTest {
  @Test
  void twoSyntheses_giveTheSameBytes() throws IOException {
    Map<String, Object> context = new TreeMap<>(Synthesis.withFleet());
    context.put("lambda-jar", Synthesis.standInJar().toString());

    Map<String, String> first = files(Synthesis.of(context));
    Map<String, String> second = files(Synthesis.of(context));

    assertThat(first).hasSizeGreaterThan(10).isEqualTo(second);
  }

  private static Map<String, String> files(Synthesis synthesis) throws IOException {
    Path root = Path.of(synthesis.app().getOutdir());
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }
}
