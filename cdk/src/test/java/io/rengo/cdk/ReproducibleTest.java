package io.rengo.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproducibleTest {
  @TempDir Path folder;

  /// In a process each: what hashes order, each process orders anew.
  @Test
  void twoSyntheses_giveTheSameTemplates() throws Exception {
    Map<String, Object> context = new TreeMap<>(Synthesis.withFleet());
    context.put("root", Path.of(System.getProperty("rengo.root", "..")).toRealPath().toString());
    context.put("lambda-jar", Synthesis.standInJar().toString());
    context.put("authority", Synthesis.file("ca", ".pem", AuthorityTest.PEM).toString());
    context.put("presigned", "true");

    Map<String, String> first = templates(context, "first");
    Map<String, String> second = templates(context, "second");

    assertThat(first).hasSizeGreaterThan(4).isEqualTo(second);
  }

  private Map<String, String> templates(Map<String, Object> context, String name)
      throws IOException, InterruptedException {
    Path out = folder.resolve(name);
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName())
            .inheritIO();
    builder.environment().put("CDK_OUTDIR", out.toString());
    builder.environment().put("CDK_CONTEXT_JSON", new ObjectMapper().writeValueAsString(context));
    assertThat(builder.start().waitFor()).isZero();
    Map<String, String> templates = new TreeMap<>();
    try (Stream<Path> all = Files.list(out)) {
      for (Path file : all.filter(each -> each.toString().endsWith(".template.json")).toList()) {
        templates.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return templates;
  }
}
