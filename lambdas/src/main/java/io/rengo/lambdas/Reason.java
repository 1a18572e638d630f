package io.rengo.lambdas;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.Json;
import io.rengo.protocol.RengoException;
import java.util.stream.Stream;

/// Why a job failed, as people read it.
final class Reason {
  private Reason() {}

  /// The message of the error at the bottom. Step Functions gives `error: cause`, where the cause
  /// is JSON: of a function's error, or of a child execution that has a cause of its own.
  static String plain(String reason) {
    int brace = reason.indexOf('{');
    if (brace < 0 || !reason.endsWith("}")) {
      return reason;
    }
    JsonNode cause;
    try {
      cause = Json.read(reason.substring(brace), JsonNode.class, "reason");
    } catch (RengoException e) {
      return reason;
    }
    return Stream.of("errorMessage", "Cause")
        .map(cause::path)
        .filter(JsonNode::isTextual)
        .findFirst()
        .map(inner -> plain(inner.asText()))
        .orElse(reason);
  }

  /// The code that a reason begins with.
  static String code(String reason) {
    return reason.split(":", 2)[0];
  }
}
