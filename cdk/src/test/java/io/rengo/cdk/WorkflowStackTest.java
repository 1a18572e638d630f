package io.rengo.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkflowStackTest {
  private static final Path DEFINITIONS =
      Path.of(System.getProperty("rengo.root", ".."), "statemachines");

  @Test
  void stateMachines_logEverythingButTheDataAndAreTraced() {
    assertThat(Synthesis.WHOLE.resources("AWS::StepFunctions::StateMachine"))
        .hasSize(4)
        .allSatisfy(machine -> {
          JsonNode properties = machine.properties();
          assertThat(properties.path("StateMachineType").asText()).isEqualTo("STANDARD");
          assertThat(properties.at("/LoggingConfiguration/Level").asText()).isEqualTo("ALL");
          assertThat(properties.at("/LoggingConfiguration/IncludeExecutionData"))
              .isEqualTo(BooleanNode.FALSE);
          assertThat(properties.at("/TracingConfiguration/Enabled").asBoolean()).isTrue();
        });
  }

  @Test
  void definitions_areFilledInWhole() {
    for (String name : List.of("job", "round", "buffer", "region")) {
      JsonNode substitutions =
          Synthesis.WHOLE
              .resource(
                  "AWS::StepFunctions::StateMachine", "StateMachineName", "rengo-demo-" + name)
              .properties()
              .path("DefinitionSubstitutions");
      List<String> given = new ArrayList<>();
      substitutions.fieldNames().forEachRemaining(given::add);
      assertThat(given).isSorted().containsExactlyElementsOf(definition(name).placeholders());
    }
  }

  @Test
  void steps_areAllCalledByAStateMachineOrByEvents() {
    List<Step> called =
        Stream.of("job", "round", "buffer", "region")
            .flatMap(name -> definition(name).steps().stream())
            .distinct()
            .toList();
    assertThat(Step.values())
        .filteredOn(step -> !step.may(Right.TAKE_EVENTS))
        .containsExactlyInAnyOrderElementsOf(called);
  }

  @Test
  void functions_endBeforeTheirStatesGiveUp() throws IOException {
    for (String name : List.of("job", "round", "buffer", "region")) {
      for (JsonNode state : tasks(new ObjectMapper().readTree(definition(name).file().toFile()))) {
        String function = state.at("/Arguments/FunctionName").asText();
        Arrays.stream(Step.values())
            .filter(step -> function.equals("${" + Definition.placeholder(step) + "}"))
            .filter(step -> state.path("TimeoutSeconds").isInt())
            .forEach(step ->
                assertThat(step.seconds)
                    .as(step.id)
                    .isLessThanOrEqualTo(state.path("TimeoutSeconds").asInt()));
      }
    }
  }

  @Test
  void definition_withAnUnknownPlaceholder_isRefused() {
    Path file = Synthesis.file("odd", ".asl.json", "{\"FunctionName\": \"${DecideFn}\"}");
    assertThatThrownBy(() -> Definition.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[DecideFn]")
        .hasMessageContaining("${<Step>Function}");
  }

  @Test
  void outputs_nameTheNextCommand() {
    assertThat(
            Synthesis.WHOLE.json("rengo-demo-workflow").at("/Outputs/NextCommand/Value").asText())
        .isEqualTo("rengo run job.yaml --on aws --federation demo");
  }

  private static Definition definition(String name) {
    return Definition.read(DEFINITIONS.resolve(name + ".asl.json"));
  }

  private static List<JsonNode> tasks(JsonNode definition) {
    return definition.findParents("Resource").stream()
        .filter(state -> state.path("Type").asText().equals("Task"))
        .toList();
  }
}
