package io.rengo.test;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.aws.AwsClients;
import io.rengo.aws.LocalStack;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.PortsProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// A federation that the CDK app deployed on LocalStack.
record Deployed(String federation, Map<String, String> environment, AwsClients clients) {
  /// A name that no former run on the same LocalStack has used: names of executions are not free
  /// again when their state machine is gone.
  static String newName(String stem) {
    return stem + Long.toString(System.nanoTime() % 1_000_000, 36);
  }

  static Deployed deploy(String federation, Path folder, String... context) throws Exception {
    Path outputs = folder.resolve("outputs.json");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--outputs",
                outputs.toString(),
                "-c",
                "federation=" + federation,
                "-c",
                "members=" + String.join(",", Federated.MEMBERS)));
    for (String value : context) {
      arguments.addAll(List.of("-c", value));
    }
    run(folder, arguments.toArray(String[]::new));
    Map<String, String> environment = new TreeMap<>(LocalStack.environment());
    environment.put("RENGO_FEDERATION", federation);
    JsonNode stacks = Json.MAPPER.readTree(Files.readString(outputs));
    for (JsonNode stack : stacks) {
      if (stack.has("Bucket")) {
        environment.put("RENGO_BUCKET", stack.get("Bucket").asText());
        environment.put("RENGO_TABLE", stack.get("Table").asText());
      }
      if (stack.has("JobStateMachine")) {
        environment.put("RENGO_JOB_STATE_MACHINE", stack.get("JobStateMachine").asText());
      }
    }
    return new Deployed(federation, environment, LocalStack.clients());
  }

  void destroy(Path folder) throws Exception {
    run(folder, "--destroy", "-c", "federation=" + federation);
  }

  String jobStateMachine() {
    return environment.getOrDefault("RENGO_JOB_STATE_MACHINE", "");
  }

  Ports ports() {
    return PortsProvider.fromEnvironment(environment);
  }

  /// Starts a job by Step Functions' own call.
  String start(String job, JsonNode input) {
    return clients
        .sfn()
        .startExecution(request ->
            request.stateMachineArn(jobStateMachine()).name(job).input(Json.write(input)))
        .executionArn();
  }

  /// How an execution ended; looks twice a second.
  DescribeExecutionResponse await(String execution) throws InterruptedException {
    while (true) {
      DescribeExecutionResponse described =
          clients.sfn().describeExecution(request -> request.executionArn(execution));
      if (described.status() != ExecutionStatus.RUNNING) {
        return described;
      }
      Thread.sleep(500);
    }
  }

  /// The states that an execution entered, in order.
  List<String> states(String execution) {
    List<String> states = new ArrayList<>();
    clients
        .sfn()
        .getExecutionHistoryPaginator(request -> request.executionArn(execution))
        .events()
        .forEach(event -> entered(event, states));
    return states;
  }

  private static void entered(HistoryEvent event, List<String> states) {
    if (event.stateEnteredEventDetails() != null) {
      states.add(event.stateEnteredEventDetails().name());
    }
  }

  private static void run(Path folder, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Federated.root().resolve("cdk/deploy-local.sh").toString());
    command.addAll(Arrays.asList(arguments));
    Path log = folder.resolve("deploy.log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(LocalStack.environment());
    Process process = builder.redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed:\n" + Files.readString(log));
    }
  }
}
