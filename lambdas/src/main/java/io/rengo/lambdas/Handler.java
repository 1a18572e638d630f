package io.rengo.lambdas;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import io.rengo.protocol.PortsProvider;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Versions;
import io.rengo.protocol.trust.Pem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import org.crac.Core;
import org.crac.Resource;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/// The entry of every Lambda function of Rengo: `RENGO_FUNCTION` says which step it runs.
///
/// Under SnapStart the initialised function is snapshotted and each new process begins as a copy of
/// it. So nothing here opens a connection, draws a random number or reads the clock; and just
/// before the snapshot, what the first call would load is loaded.
public final class Handler implements RequestStreamHandler, Resource {
  private final String name;
  private final Steps steps;
  private final PortsProvider provider = PortsProvider.find();

  /// Wires the step from the function's environment.
  public Handler() {
    this(System.getenv());
  }

  @SuppressWarnings("this-escape")
  Handler(Map<String, String> environment) {
    name = variable(environment, "RENGO_FUNCTION");
    Federation federation = new Federation(variable(environment, "RENGO_FEDERATION"));
    steps =
        new Steps(
            provider.open(environment),
            federation,
            demands(environment),
            versions(environment),
            new CloudWatchMeter());
    Core.getGlobalContext().register(this);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    JsonNode event = Json.MAPPER.readTree(input);
    JsonNode result = PowertoolsLogging.withLogging(context, () -> run(event));
    Json.MAPPER.writeValue(output, result);
  }

  private JsonNode run(JsonNode event) {
    try (LogKeys logged = LogKeys.of(event)) {
      return steps.run(name, event);
    }
  }

  /// Called by SnapStart before the snapshot.
  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    provider.warmUp();
    JobFile.write(JobFile.parse("model: {kind: mlp, layers: [1, 1]}", "warm-up"));
  }

  /// Called by SnapStart in each copy.
  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {}

  /// What is deployed seals its updates, unless it is said that it does not, and signs them where
  /// it has an authority.
  private static Demands demands(Map<String, String> environment) {
    return new Demands(
        !"false".equals(environment.get("RENGO_SEALED")),
        Optional.ofNullable(environment.get("RENGO_AUTHORITY"))
            .filter(text -> !text.isBlank())
            .map(text -> Pem.certificate(text, "RENGO_AUTHORITY")),
        "true".equals(environment.get("RENGO_PRESIGNED")));
  }

  private static Versions versions(Map<String, String> environment) {
    return new Versions(
        Optional.ofNullable(environment.get("RENGO_CODE_SHA256")),
        Optional.ofNullable(environment.get("RENGO_DEFINITIONS_SHA256")));
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
