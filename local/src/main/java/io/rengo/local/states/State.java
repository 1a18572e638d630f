package io.rengo.local.states;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A state of a machine. An empty `next` ends the flow.
sealed interface State {
  /// Where the state may go, without its catchers.
  Set<String> targets();

  /// What happens when it fails.
  default Recovery recovery() {
    return Recovery.NONE;
  }

  /// What a state gives on: its output (what it is without one depends on the state), and the
  /// variables that it assigns.
  record Effects(Optional<Template> output, Map<String, Template> assign) {}

  /// Gives its output on.
  record Pass(Effects effects, Optional<String> next) implements State {
    @Override
    public Set<String> targets() {
      return set(next);
    }
  }

  /// Calls something outside.
  record Task(
      Resource resource,
      Template arguments,
      Optional<Template> timeoutSeconds,
      Optional<Template> heartbeatSeconds,
      Effects effects,
      Recovery recovery,
      Optional<String> next)
      implements State {
    @Override
    public Set<String> targets() {
      return set(next);
    }
  }

  /// Goes where the first rule that holds says.
  record Choice(List<Rule> rules, Effects effects, Optional<String> otherwise) implements State {
    /// Where to go if the condition holds.
    record Rule(Template condition, Effects effects, String next) {}

    @Override
    public Set<String> targets() {
      Set<String> targets = new TreeSet<>(set(otherwise));
      rules.forEach(rule -> targets.add(rule.next()));
      return targets;
    }
  }

  /// Waits for a time, or until a moment where `untilMoment`.
  record Wait(Template time, boolean untilMoment, Effects effects, Optional<String> next)
      implements State {
    @Override
    public Set<String> targets() {
      return set(next);
    }
  }

  /// Runs a flow for each item.
  record Each(
      Items items,
      Optional<Template> selector,
      Flow processor,
      boolean distributed,
      Optional<Template> maxConcurrency,
      Effects effects,
      Recovery recovery,
      Optional<String> next)
      implements State {
    /// Where the items come from.
    sealed interface Items {
      /// From the state's input, or from the template where there is one.
      record OfState(Optional<Template> items) implements Items {}

      /// From a JSON array in the object store.
      record OfObject(Template arguments, Optional<Template> maxItems) implements Items {}
    }

    @Override
    public Set<String> targets() {
      return set(next);
    }
  }

  /// Runs flows at the same time.
  record Parallel(
      List<Flow> branches,
      Optional<Template> arguments,
      Effects effects,
      Recovery recovery,
      Optional<String> next)
      implements State {
    @Override
    public Set<String> targets() {
      return set(next);
    }
  }

  /// Ends the flow well.
  record Succeed(Effects effects) implements State {
    @Override
    public Set<String> targets() {
      return Set.of();
    }
  }

  /// Ends the flow with an error.
  record Fail(Optional<Template> error, Optional<Template> cause) implements State {
    @Override
    public Set<String> targets() {
      return Set.of();
    }
  }

  private static Set<String> set(Optional<String> next) {
    return next.map(Set::of).orElse(Set.of());
  }
}
