package io.rengo.local.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A state machine that was read and checked: every field is one that the interpreter knows, every
/// state can be reached, every expression parses and names variables that exist.
public final class Definition {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Flow flow;
  private final Optional<Duration> timeout;

  private Definition(Flow flow, Optional<Duration> timeout) {
    this.flow = flow;
    this.timeout = timeout;
  }

  /// Reads a definition.
  ///
  /// @param json the definition in the Amazon States Language
  /// @param substitutions the values of the `${names}` in it. Throws
  ///   [ErrorCode#DEFINITION_INVALID], naming state and field, where it breaks a rule
  public static Definition parse(String json, Map<String, String> substitutions) {
    Fields fields = new Fields(read(Substitutions.apply(json, substitutions)), "the definition");
    fields.ignore("Comment", "Version");
    if (!fields.text("QueryLanguage").equals("JSONata")) {
      throw fields.error("QueryLanguage", "another query language", "Write JSONata");
    }
    Optional<Duration> timeout = fields.seconds("TimeoutSeconds");
    Flow flow = FlowParser.parse(fields, "");
    fields.done();
    VariableCheck.check(flow);
    return new Definition(flow, timeout);
  }

  Flow flow() {
    return flow;
  }

  Optional<Duration> timeout() {
    return timeout;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw Fields.invalid(
          "not JSON: " + e.getOriginalMessage(),
          "line " + e.getLocation().getLineNr(),
          "Mend the JSON");
    }
  }
}
