package io.rengo.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.cdk.Synthesis.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComputeStackTest {
  @ParameterizedTest
  @EnumSource(Step.class)
  void function_isOneOfTheOneJar(Step step) {
    JsonNode function = function(Synthesis.WHOLE, step);
    assertThat(function.path("Handler").asText())
        .isEqualTo("io.rengo.lambdas.Handler::handleRequest");
    assertThat(function.path("Runtime").asText()).isEqualTo("java25");
    assertThat(function.path("Architectures").path(0).asText()).isEqualTo("x86_64");
    assertThat(function.at("/TracingConfig/Mode").asText()).isEqualTo("Active");
    assertThat(function.at("/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions");
    assertThat(function.has("ReservedConcurrentExecutions")).isFalse();
    assertThat(function.at("/LoggingConfig/LogGroup").isMissingNode()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void function_knowsWhereItIs(Step step) {
    JsonNode variables = function(Synthesis.WHOLE, step).at("/Environment/Variables");
    assertThat(variables.path("RENGO_FUNCTION").asText()).isEqualTo(step.id);
    assertThat(variables.path("RENGO_FEDERATION").asText()).isEqualTo("demo");
    assertThat(variables.has("RENGO_BUCKET")).isTrue();
    assertThat(variables.has("RENGO_TABLE")).isTrue();
    assertThat(variables.path("RENGO_JOB_STATE_MACHINE").toString())
        .contains(":stateMachine:rengo-demo-job");
    assertThat(variables.path("POWERTOOLS_SERVICE_NAME").asText()).isEqualTo("rengo-demo");
    assertThat(variables.path("POWERTOOLS_METRICS_NAMESPACE").asText()).isEqualTo("Rengo");
    assertThat(variables.path("JAVA_TOOL_OPTIONS").asText())
        .isEqualTo(
            switch (step) {
              case MEASURE_TILES -> "-XX:TieredStopAtLevel=4 --add-modules=jdk.incubator.vector";
              case WEIGH_UPDATES, FOLD_TILES, MERGE_TILES, STEP_SHARDS -> "-XX:TieredStopAtLevel=4";
              default -> "-XX:+TieredCompilation -XX:TieredStopAtLevel=1";
            });
  }

  @Test
  void whatWritesLedgers_knowsWhatIsDeployed() throws IOException {
    Path jar = Synthesis.standInJar();
    Synthesis deployed = Synthesis.of(Map.of("lambda-jar", jar.toString()));
    List<JsonNode> writers =
        deployed.resources("AWS::Lambda::Function").stream()
            .map(function -> function.properties().at("/Environment/Variables"))
            .filter(variables -> variables.has("RENGO_CODE_SHA256"))
            .toList();

    assertThat(writers)
        .extracting(variables -> variables.path("RENGO_FUNCTION").asText())
        .containsExactlyInAnyOrder("StartJob", "EnterRound", "RecordRound", "FinishJob");
    String definitions = sha256sum("sha256sum *.asl.json | sha256sum");
    assertThat(writers)
        .allMatch(variables ->
            variables.path("RENGO_CODE_SHA256").asText().equals(Sums.of(jar))
                && variables.path("RENGO_DEFINITIONS_SHA256").asText().equals(definitions));
    assertThat(Sums.of(jar)).isEqualTo(sha256sum("sha256sum " + jar));
  }

  /// As an auditor would make it again.
  private static String sha256sum(String command) throws IOException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(Path.of(System.getProperty("rengo.root", ".."), "statemachines").toFile())
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .split(" ", 2)[0];
  }

  @Test
  void events_comeInBatchesAndGoBackOneByOne() {
    JsonNode mapping =
        Synthesis.WHOLE.resources("AWS::Lambda::EventSourceMapping").getFirst().properties();
    assertThat(mapping.path("BatchSize").asInt()).isEqualTo(10);
    assertThat(mapping.path("FunctionResponseTypes").path(0).asText())
        .isEqualTo("ReportBatchItemFailures");
    assertThat(mapping.at("/ScalingConfig/MaximumConcurrency").asInt()).isEqualTo(10);
    int timeout = function(Synthesis.WHOLE, Step.ACCEPT_UPDATE).path("Timeout").asInt();
    Resource queue = Synthesis.WHOLE.resource("AWS::SQS::Queue", "QueueName", "rengo-demo-events");
    assertThat(queue.properties().path("VisibilityTimeout").asInt()).isEqualTo(6 * timeout);
  }

  @Test
  void emulators_mayHaveAnOlderRuntimeAndNoVersions() {
    Synthesis emulated = Synthesis.of(Map.of("lambda-runtime", "java21", "snap-start", "false"));
    JsonNode function = function(emulated, Step.DECIDE);
    assertThat(function.path("Runtime").asText()).isEqualTo("java21");
    assertThat(function.has("SnapStart")).isFalse();
    assertThat(emulated.resources("AWS::Lambda::Alias")).isEmpty();
    assertThat(
            emulated
                .resource("AWS::StepFunctions::StateMachine", "StateMachineName", "rengo-demo-job")
                .properties()
                .at("/DefinitionSubstitutions/DecideFunction")
                .toString())
        .contains(":function:rengo-demo-Decide\"");
  }

  private static JsonNode function(Synthesis synthesis, Step step) {
    return synthesis
        .resource("AWS::Lambda::Function", "FunctionName", "rengo-demo-" + step.id)
        .properties();
  }
}
