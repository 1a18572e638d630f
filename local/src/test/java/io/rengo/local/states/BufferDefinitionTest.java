package io.rengo.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What rounds and buffers do alike, two definitions say: they say the same.
class BufferDefinitionTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("rengo.root", "..")).resolve("statemachines");

  private final JsonNode round = states("round");
  private final JsonNode buffer = states("buffer");

  private static JsonNode states(String name) {
    try {
      return new ObjectMapper()
          .readTree(FOLDER.resolve(name + ".asl.json").toFile())
          .path("States");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode without(JsonNode state, String... fields) {
    return state.<ObjectNode>deepCopy().remove(List.of(fields));
  }

  @Test
  void statesOfBothDoTheSame() {
    Set<String> both = new TreeSet<>();
    round.fieldNames().forEachRemaining(both::add);
    Set<String> ofBuffers = new TreeSet<>();
    buffer.fieldNames().forEachRemaining(ofBuffers::add);
    both.retainAll(ofBuffers);

    assertThat(both).hasSizeGreaterThan(18);
    for (String name : both) {
      // A buffer has no evaluation, and after its record there is another filling.
      String[] apart =
          switch (name) {
            case "CheckQuorum" -> new String[] {"Comment", "Choices"};
            case "RecordRound", "AbandonRound" -> new String[] {"Comment", "Next"};
            default -> new String[] {"Comment"};
          };
      assertThat(without(buffer.path(name), apart))
          .as(name)
          .isEqualTo(without(round.path(name), apart));
    }
  }

  @Test
  void whatABufferDoesNotHaveIsTheEvaluation() {
    Set<String> rounds = new TreeSet<>();
    round.fieldNames().forEachRemaining(rounds::add);
    buffer.fieldNames().forEachRemaining(rounds::remove);

    assertThat(rounds).containsExactly("RecordEvaluation", "SucceedRound");
  }

  /// Half of the history is left for fillings that are folded again.
  @ParameterizedTest
  @CsvSource({
    "1, 0, true",
    "1, 78, true",
    "1, 79, false",
    "100, 2, true",
    "100, 3, false",
    "1000, 0, false"
  })
  void anExecutionEndsBeforeItsHistoryIsFull(int tiles, int flushed, boolean goesOn)
      throws Exception {
    String condition = buffer.at("/FollowDecision/Choices/0/Condition").asText();
    ObjectMapper json = new ObjectMapper();
    Scope scope = Scope.empty();
    scope.assign(Map.of("tiles", json.valueToTree(tiles), "flushed", json.valueToTree(flushed)));
    JsonNode filling = json.valueToTree(Map.of("next", "filling"));
    Expression expression =
        Expression.parse(condition.replaceAll("^\\{%|%}$", ""), "FollowDecision");

    assertThat(
            expression.evaluate(Bindings.of(filling, json.createObjectNode(), scope)).asBoolean())
        .isEqualTo(goesOn);
  }
}
