package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.Json;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The jar that is deployed, in a process as AWS Lambda starts it.
class HandlerIT {
  private static final Path TARGET = Path.of(System.getProperty("rengo.root"), "lambdas", "target");
  private static final long LARGEST = 25 << 20;

  @TempDir private Path folder;

  @Test
  void a_step_runs_in_a_process_and_its_error_names_the_mend() throws Exception {
    File log = folder.resolve("log").toFile();
    try (RuntimeApi api = new RuntimeApi();
        FunctionProcess function = FunctionProcess.start(TARGET, api, "Decide", log)) {
      RuntimeApi.Answer answer = api.invoke("{\"job\": \"nobody\"}", 60);
      assertThat(answer.kind()).isEqualTo("error");
      JsonNode error = Json.read(answer.body(), JsonNode.class, "answer");
      assertThat(error.path("errorType").asText()).isEqualTo("io.rengo.protocol.RengoException");
      assertThat(error.path("errorMessage").asText())
          .isEqualTo(
              "JOB_UNKNOWN: there is no job «nobody» (at job). List the jobs with `rengo list`.");
    }
    assertThat(Files.readString(log.toPath())).doesNotContain("SLF4J", "StatusLogger");
  }

  @Test
  void a_refused_update_is_logged_as_json_with_its_job_and_round() throws Exception {
    File log = folder.resolve("log").toFile();
    String event =
        Events.batch(
                Events.message(
                    "m", Events.created("jobs/j/rounds/000002/updates/ann/manifest.json", "e")))
            .toString();
    try (RuntimeApi api = new RuntimeApi();
        FunctionProcess function = FunctionProcess.start(TARGET, api, "AcceptUpdate", log)) {
      assertThat(api.invoke(event, 60).body()).isEqualTo("{\"batchItemFailures\":[]}");
    }
    JsonNode line =
        Files.readAllLines(log.toPath()).stream()
            .filter(text -> text.contains("update refused"))
            .map(text -> Json.read(text, JsonNode.class, "log"))
            .findFirst()
            .orElseThrow();
    assertThat(line.path("job").asText()).isEqualTo("j");
    assertThat(line.path("round").asText()).isEqualTo("2");
    assertThat(line.path("message").asText()).contains("ROUND_UNKNOWN");
    assertThat(line.path("service").asText()).isEqualTo("rengo-test");
  }

  @Test
  void the_jar_stays_small() throws Exception {
    long size = Files.size(TARGET.resolve("rengo-lambdas.jar"));
    System.out.printf("rengo-lambdas.jar: %.1f MiB%n", size / 1048576.0);
    assertThat(size).isLessThan(LARGEST);
  }
}
