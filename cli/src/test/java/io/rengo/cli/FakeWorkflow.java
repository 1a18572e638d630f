package io.rengo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Executions that a test moves on by hand.
final class FakeWorkflow implements Workflow {
  final Map<String, Status> executions = new LinkedHashMap<>();
  final Map<String, JsonNode> inputs = new LinkedHashMap<>();
  final CountDownLatch stopped = new CountDownLatch(1);

  @Override
  public void start(String name, JsonNode input) {
    executions.put(name, new Status.Running());
    inputs.put(name, input);
  }

  @Override
  public boolean succeed(String token, JsonNode output) {
    return false;
  }

  @Override
  public Optional<Status> describe(String name) {
    return Optional.ofNullable(executions.get(name));
  }

  @Override
  public void stop(String name, String cause) {
    executions.put(name, new Status.Stopped(cause));
    stopped.countDown();
  }

  @Override
  public List<Execution> list() {
    return executions.entrySet().stream()
        .map(entry -> new Execution(entry.getKey(), entry.getValue()))
        .toList()
        .reversed();
  }
}
