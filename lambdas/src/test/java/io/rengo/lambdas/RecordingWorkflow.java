package io.rengo.lambdas;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A workflow of which only the ends of waits are of interest.
final class RecordingWorkflow implements Workflow {
  final List<String> woken = new CopyOnWriteArrayList<>();

  @Override
  public boolean succeed(String token, JsonNode output) {
    return woken.add(token);
  }

  @Override
  public void start(String name, JsonNode input) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Status> describe(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void stop(String name, String cause) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Execution> list() {
    throw new UnsupportedOperationException();
  }
}
