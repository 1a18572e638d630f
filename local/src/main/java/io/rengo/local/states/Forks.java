package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.rengo.local.states.Outcome.Raised;
import io.rengo.local.states.Outcome.Returned;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Work that is done at the same time: the results come in order, and the first error ends all.
final class Forks {
  /// One of the works, by its index.
  interface Work {
    JsonNode run(int index) throws StateError, InterruptedException;
  }

  private final Work work;
  private final AtomicReferenceArray<JsonNode> results;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger left;
  private final Promise<Outcome> ended;

  private Forks(ExecutionRun run, int count, Work work) {
    this.work = work;
    results = new AtomicReferenceArray<>(count);
    left = new AtomicInteger(count);
    ended = new Promise<>(run.engine().time());
  }

  static JsonNode run(ExecutionRun run, int count, int atOnce, Work work)
      throws StateError, InterruptedException {
    if (count == 0) {
      return JsonNodeFactory.instance.arrayNode();
    }
    Forks forks = new Forks(run, count, work);
    Thread[] threads = new Thread[Math.min(count, atOnce)];
    try {
      for (int i = 0; i < threads.length; i++) {
        threads[i] = Thread.ofVirtual().name(run.name() + " fork " + i).start(forks::drain);
      }
      Optional<Outcome> outcome = run.await(forks.ended, Instant.MAX);
      return outcome.orElseThrow().get();
    } finally {
      for (Thread thread : threads) {
        if (thread != null) {
          thread.interrupt();
        }
      }
    }
  }

  private void drain() {
    int count = results.length();
    try {
      for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
        results.set(index, work.run(index));
        if (left.decrementAndGet() == 0) {
          ended.complete(new Returned(all()));
        }
      }
    } catch (StateError e) {
      ended.complete(new Raised(e));
    } catch (RuntimeException | Error e) {
      ended.complete(new Raised(new StateError(StateError.RUNTIME, e.toString())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ArrayNode all() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode(results.length());
    for (int i = 0; i < results.length(); i++) {
      all.add(results.get(i));
    }
    return all;
  }
}
