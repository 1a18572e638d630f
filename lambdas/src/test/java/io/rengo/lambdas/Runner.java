package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// How often and how well a step runs.
@FunctionalInterface
interface Runner {
  <O> O run(Ports ports, Function<Ports, O> step);

  static Runner once() {
    return new Runner() {
      @Override
      public <O> O run(Ports ports, Function<Ports, O> step) {
        return step.apply(ports);
      }
    };
  }

  /// The second run gives what the first gave.
  static Runner twice() {
    return new Runner() {
      @Override
      public <O> O run(Ports ports, Function<Ports, O> step) {
        O first = step.apply(ports);
        O second = step.apply(ports);
        assertThat(comparable(second)).isEqualTo(comparable(first));
        return second;
      }
    };
  }

  /// Two threads begin at the same moment; the first one's output goes on.
  static Runner twoThreads() {
    return new Runner() {
      @Override
      public <O> O run(Ports ports, Function<Ports, O> step) {
        CyclicBarrier start = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
          List<Future<O>> outputs =
              List.of(1, 2).stream()
                  .map(thread ->
                      threads.submit(() -> {
                        start.await();
                        return step.apply(ports);
                      }))
                  .toList();
          O first = Concurrently.await(outputs.getFirst());
          O second = Concurrently.await(outputs.getLast());
          assertThat(comparable(second)).isEqualTo(comparable(first));
          return first;
        }
      }
    };
  }

  /// A process that dies; then one that lives runs the step again, and all that follow.
  static Runner dying(Dying dying) {
    return new Runner() {
      @Override
      public <O> O run(Ports ports, Function<Ports, O> step) {
        if (dying.dead()) {
          return step.apply(ports);
        }
        try {
          O output = step.apply(dying.over(ports));
          if (!dying.dead()) {
            return output;
          }
        } catch (RuntimeException e) {
          assertThat(dying.dead()).as("dead, not broken: %s", e).isTrue();
        }
        return step.apply(ports);
      }
    };
  }

  /// An output but for the etag of a part, which another upload of the same part changes.
  private static JsonNode comparable(Object output) {
    JsonNode json = Json.tree(output);
    json.findParents("etag").forEach(part -> ((ObjectNode) part).remove("etag"));
    return json;
  }
}
