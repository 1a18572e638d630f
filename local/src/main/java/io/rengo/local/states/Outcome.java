package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// How a call ended.
sealed interface Outcome {
  /// The result, or the error thrown.
  JsonNode get() throws StateError;

  /// It returned.
  record Returned(JsonNode result) implements Outcome {
    @Override
    public JsonNode get() {
      return result;
    }
  }

  /// It failed.
  record Raised(StateError error) implements Outcome {
    @Override
    public JsonNode get() throws StateError {
      throw error;
    }
  }

  /// Invokes a function and tells its failure as AWS Lambda does.
  static Outcome of(Functions functions, String function, JsonNode payload) {
    try {
      return new Returned(functions.invoke(function, payload));
    } catch (FunctionError e) {
      return raised(e.errorType(), String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      return raised(e.getClass().getName(), String.valueOf(e.getMessage()));
    }
  }

  private static Outcome raised(String type, String message) {
    String cause =
        JsonNodeFactory.instance
            .objectNode()
            .put("errorMessage", message)
            .put("errorType", type)
            .toString();
    return new Raised(new StateError(type, cause));
  }
}
