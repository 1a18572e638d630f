package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void writeJob() throws IOException {
    Files.writeString(
        folder.resolve("job.yaml"),
        """
        model: {kind: tensors, tensors: [{name: w, shape: [1000, 1000], init: zeros}]}
        rounds: {count: 50}
        """);
  }

  private Shell.Result run(String arguments) {
    return new Shell(folder).run(("cost " + arguments).split(" "));
  }

  @Test
  void answer_namesSecondsUsageAndDollars() throws IOException {
    Shell.Result result = run("job.yaml --members 20 --format json");

    assertThat(result.status()).isZero();
    JsonNode answer = Json.MAPPER.readTree(result.out());
    assertThat(answer.get("rounds").asInt()).isEqualTo(50);
    assertThat(answer.get("roundUsage").get("egress-gb").asDouble()).isEqualTo(0.08);
    assertThat(answer.get("dollars").asDouble())
        .isEqualTo(50 * answer.get("roundDollars").asDouble());
    assertThat(answer.get("seconds").has("FoldTiles")).isTrue();
  }

  @Test
  void text_namesItsAssumptions() {
    assertThat(run("job.yaml --members 20 --members-in-aws").out())
        .contains("FoldTiles", "50 rounds", "always on", "us-east-1", "50 MB/s a connection")
        .doesNotContain("Egress");
  }

  @Test
  void absentMembers_areAskedFor() {
    Shell.Result result = run("job.yaml");

    assertThat(result.status())
        .isEqualTo(ExitStatus.of(io.rengo.protocol.ErrorCode.JOB_INVALID).number());
    assertThat(result.err()).contains("--members 20");
  }

  @Test
  void tableOfPrices_mayBeAnother() throws IOException {
    Files.writeString(folder.resolve("prices.yaml"), "region: eu-west-1\nunit: {s3-read: 1}\n");

    Shell.Result result = run("job.yaml --members 2 --prices prices.yaml");

    assertThat(result.status()).isNotZero();
    assertThat(result.err()).contains("prices.yaml", "no price for Lambda");
  }
}
