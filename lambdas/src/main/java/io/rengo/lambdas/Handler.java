package io.rengo.lambdas;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.PortsProvider;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/// The entry of every Lambda function of Rengo: `RENGO_FUNCTION` says which step it runs.
public final class Handler implements RequestStreamHandler {
  private final String name;
  private final Steps steps;

  /// Wires the step from the function's environment. Opens no connection, so that a snapshot of the
  /// initialised function holds none.
  public Handler() {
    this(System.getenv());
  }

  private Handler(Map<String, String> environment) {
    name = variable(environment, "RENGO_FUNCTION");
    Ports ports = PortsProvider.fromEnvironment(environment);
    steps =
        new Steps(
            ports,
            new Federation(variable(environment, "RENGO_FEDERATION")),
            new CloudWatchMeter());
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    JsonNode event = Json.MAPPER.readTree(input);
    JsonNode result = PowertoolsLogging.withLogging(context, () -> run(event));
    Json.MAPPER.writeValue(output, result);
  }

  private JsonNode run(JsonNode event) {
    try (var logged = LogKeys.of(event)) {
      return steps.run(name, event);
    }
  }

  private static String variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.CONFIG_INVALID,
                "the environment variable is not set",
                name,
                "Deploy the functions with the CDK app, which sets it"));
  }
}
