package io.rengo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.Json;
import io.rengo.protocol.RengoException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The federation that is deployed on this machine's LocalStack, and the file of the environment
/// variables that reach it.
final class LocalDeployment {
  static final String ENDPOINT = "AWS_ENDPOINT_URL";
  private static final String GIVEN_ENDPOINT = "RENGO_AWS_ENDPOINT";
  private static final String REGION = "us-east-1";

  private final World world;
  private final VariablesFile variables;

  LocalDeployment(World world) {
    this.world = world;
    variables = new VariablesFile(file());
  }

  /// Where the variables are.
  Path file() {
    return world.home().resolve(".rengo/local.env");
  }

  /// This process's environment with the variables of the deployment over it.
  Map<String, String> environment() {
    Map<String, String> all = new TreeMap<>(world.environment());
    all.putAll(
        variables
            .read()
            .orElseThrow(() ->
                new RengoException(
                    ErrorCode.PREREQUISITE_MISSING,
                    "nothing is deployed on this machine",
                    world.show(file()),
                    "Run `rengo local up` first")));
    return all;
  }

  /// Starts LocalStack, deploys the federation and writes the variables down.
  ///
  /// @param members their names, with commas between
  Map<String, String> up(String federation, String members) {
    String name = new Federation(federation).name();
    Map<String, String> reached = access(endpoint());
    List<String> command =
        script("cdk/deploy-local.sh", "-c", "federation=" + name, "-c", "members=" + members);
    String outputs = run(command, reached, "the federation could not be deployed");
    reached.put("RENGO_FEDERATION", name);
    reached.put("RENGO_BUCKET", output(outputs, "Bucket"));
    reached.put("RENGO_TABLE", output(outputs, "Table"));
    reached.put("RENGO_JOB_STATE_MACHINE", output(outputs, "JobStateMachine"));
    variables.write(reached);
    return reached;
  }

  /// Stops LocalStack; from one that others started, removes the federation alone.
  void down() {
    Optional<Map<String, String>> known = variables.read();
    if (given().isEmpty()) {
      run(script("test/localstack/down.sh"), Map.of(), "LocalStack could not be stopped");
    } else if (known.isPresent()) {
      String federation = "federation=" + known.get().getOrDefault("RENGO_FEDERATION", "demo");
      run(
          script("cdk/deploy-local.sh", "--destroy", "-c", federation),
          known.get(),
          "the federation could not be removed");
    }
    variables.remove();
  }

  private String endpoint() {
    return given()
        .orElseGet(() ->
            run(script("test/localstack/up.sh"), Map.of(), "LocalStack could not be started")
                .strip());
  }

  private Optional<String> given() {
    return Optional.ofNullable(world.environment().get(GIVEN_ENDPOINT))
        .filter(url -> !url.isBlank());
  }

  private static Map<String, String> access(String endpoint) {
    return new TreeMap<>(
        Map.of(
            ENDPOINT,
            endpoint,
            "AWS_ENDPOINT_URL_S3",
            endpoint,
            "AWS_ACCESS_KEY_ID",
            "test",
            "AWS_SECRET_ACCESS_KEY",
            "test",
            "AWS_REGION",
            REGION));
  }

  private List<String> script(String name, String... words) {
    List<String> command = new ArrayList<>(List.of("bash", world.home().resolve(name).toString()));
    command.addAll(List.of(words));
    return command;
  }

  private String run(List<String> command, Map<String, String> with, String failure) {
    Programs.Result result = world.programs().run(command, world.home(), with);
    if (result.status() != 0) {
      boolean missing =
          result.status() == ExitStatus.MISSING.number() || result.status() == Programs.NOT_RUN;
      throw new RengoException(
          missing ? ErrorCode.PREREQUISITE_MISSING : ErrorCode.SERVICE_UNAVAILABLE,
          failure + " (status " + result.status() + ")",
          command.get(1),
          "The lines above say why; `rengo doctor` says what this machine lacks");
    }
    return result.output();
  }

  /// The value of an output, whichever stack has it.
  private static String output(String outputs, String name) {
    try {
      for (JsonNode stack : Json.MAPPER.readTree(outputs)) {
        if (stack.has(name)) {
          return stack.get(name).asText();
        }
      }
    } catch (JsonProcessingException e) {
      throw unreadable(name, e);
    }
    throw unreadable(name, new IllegalStateException("no stack has it"));
  }

  private static RengoException unreadable(String name, Exception cause) {
    return new RengoException(
        ErrorCode.SERVICE_UNAVAILABLE,
        "the deployment's outputs do not name " + name,
        "cdk/deploy-local.sh",
        "Take the deployment down with `rengo local down` and try again",
        cause);
  }
}
