package io.rengo.lambdas;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.ObjectKeys;
import java.util.Optional;
import org.slf4j.MDC;

/// What every line of the log says: the job and the round that it is about, where there is one.
final class LogKeys implements AutoCloseable {
  private LogKeys() {}

  static LogKeys of(String job, int round) {
    MDC.put("job", job);
    MDC.put("round", Integer.toString(round));
    return new LogKeys();
  }

  /// Of a step's input: it names a job and perhaps a round, or the plan of a round.
  static LogKeys of(JsonNode input) {
    Optional.ofNullable(input.path("job").textValue()).ifPresent(job -> MDC.put("job", job));
    if (input.path("round").isInt()) {
      MDC.put("round", input.path("round").asText());
    }
    ObjectKeys.parsePlan(input.path("plan").asText(""))
        .ifPresent(plan -> {
          MDC.put("job", plan.job());
          MDC.put("round", Integer.toString(plan.round()));
        });
    return new LogKeys();
  }

  @Override
  public void close() {
    MDC.remove("job");
    MDC.remove("round");
  }
}
