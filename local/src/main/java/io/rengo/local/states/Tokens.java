package io.rengo.local.states;

import io.rengo.local.Time;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The tokens that tasks wait for.
final class Tokens {
  /// One token and what it brings.
  static final class Waiting {
    private final String token;
    private final Promise<Outcome> reply;
    private volatile Instant beat;

    private Waiting(String token, Time time) {
      this.token = token;
      reply = new Promise<>(time);
      beat = time.instant();
    }

    String token() {
      return token;
    }

    Promise<Outcome> reply() {
      return reply;
    }

    /// When it was last said that the work goes on.
    Instant beat() {
      return beat;
    }
  }

  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
  private final Time time;

  Tokens(Time time) {
    this.time = time;
  }

  Waiting open() {
    Waiting opened = new Waiting(UUID.randomUUID().toString(), time);
    waiting.put(opened.token(), opened);
    return opened;
  }

  void close(Waiting closed) {
    waiting.remove(closed.token());
  }

  /// Brings the outcome, and says whether somebody waits for it.
  boolean complete(String token, Outcome outcome) {
    Waiting found = waiting.get(token);
    return found != null && found.reply().complete(outcome);
  }

  /// Says that the work goes on; returns whether somebody waits for it.
  boolean beat(String token) {
    Waiting found = waiting.get(token);
    if (found != null) {
      found.beat = time.instant();
    }
    return found != null;
  }
}
