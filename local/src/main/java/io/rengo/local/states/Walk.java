package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.local.states.Recovery.Retrier;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// One way through a flow, state by state, with its variables.
///
/// @param context what `$states.context` is in every state of this walk
record Walk(ExecutionRun run, ObjectNode context, Scope scope) {
  /// Goes from the first state to the end, and returns the last output.
  JsonNode follow(Flow flow, JsonNode input) throws StateError, InterruptedException {
    Optional<String> next = Optional.of(flow.startAt());
    JsonNode output = input;
    while (next.isPresent()) {
      Step step = enter(next.get(), flow.state(next.get()), output);
      scope.assign(step.assigned());
      output = step.output();
      next = step.next();
    }
    return output;
  }

  private Step enter(String name, State state, JsonNode input)
      throws StateError, InterruptedException {
    run.tell(new Event.StateEntered(run.machine(), run.name(), name, input));
    Instant entered = run.engine().time().instant();
    Map<Retrier, Integer> attempts = new HashMap<>();
    for (int retries = 0; ; retries++) {
      Visit visit = new Visit(this, name, input, entered, retries);
      Step step;
      try {
        step = StateRunner.perform(state, visit);
      } catch (StateError error) {
        Optional<Duration> delay = retry(state, error, attempts);
        if (delay.isPresent()) {
          tellRetry(name, error, delay.get());
          run.sleep(run.engine().time().after(delay.get()));
          continue;
        }
        run.tell(
            new Event.StateFailed(run.machine(), run.name(), name, error.error(), error.cause()));
        step = recover(state, visit, error);
      }
      run.tell(new Event.StateExited(run.machine(), run.name(), name, step.output()));
      return step;
    }
  }

  /// The wait before the next attempt, or empty where there is none.
  private static Optional<Duration> retry(
      State state, StateError error, Map<Retrier, Integer> attempts) {
    return state
        .recovery()
        .retrier(error)
        .filter(retrier -> attempts.getOrDefault(retrier, 0) < retrier.maxAttempts())
        .map(retrier ->
            retrier.delay(
                attempts.merge(retrier, 1, Integer::sum),
                ThreadLocalRandom.current().nextDouble()));
  }

  private static Step recover(State state, Visit visit, StateError error) throws StateError {
    Optional<Recovery.Catcher> catcher = state.recovery().catcher(error);
    if (catcher.isEmpty()) {
      throw error;
    }
    ObjectNode output =
        JsonNodeFactory.instance
            .objectNode()
            .put("Error", error.error())
            .put("Cause", error.cause());
    return visit
        .bindings()
        .withError(output)
        .step(catcher.get().effects(), output, Optional.of(catcher.get().next()));
  }

  private void tellRetry(String name, StateError error, Duration delay) {
    run.tell(
        new Event.StateRetried(
            run.machine(), run.name(), name, error.error(), error.cause(), delay));
  }
}
