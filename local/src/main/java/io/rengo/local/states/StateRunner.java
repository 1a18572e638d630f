package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.local.states.State.Choice;
import io.rengo.local.states.State.Each;
import io.rengo.local.states.State.Fail;
import io.rengo.local.states.State.Parallel;
import io.rengo.local.states.State.Pass;
import io.rengo.local.states.State.Succeed;
import io.rengo.local.states.State.Task;
import io.rengo.local.states.State.Wait;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Does what a state says, once.
final class StateRunner {
  private StateRunner() {}

  static Step perform(State state, Visit visit) throws StateError, InterruptedException {
    return switch (state) {
      case Pass pass -> visit.bindings().step(pass.effects(), visit.input(), pass.next());
      case Succeed succeed ->
          visit.bindings().step(succeed.effects(), visit.input(), Optional.empty());
      case Fail fail -> throw failure(fail, visit.bindings());
      case Choice choice -> choose(choice, visit);
      case Wait wait -> waited(wait, visit);
      case Task task -> {
        JsonNode result = TaskRunner.run(task, visit);
        yield visit.bindings().withResult(result).step(task.effects(), result, task.next());
      }
      case Each each -> {
        JsonNode result = EachRunner.run(each, visit);
        yield visit.bindings().withResult(result).step(each.effects(), result, each.next());
      }
      case Parallel parallel -> {
        JsonNode result = EachRunner.run(parallel, visit);
        yield visit.bindings().withResult(result).step(parallel.effects(), result, parallel.next());
      }
    };
  }

  private static StateError failure(Fail fail, Bindings bindings) throws StateError {
    return new StateError(text(fail.error(), bindings), text(fail.cause(), bindings));
  }

  private static String text(Optional<Template> template, Bindings bindings) throws StateError {
    return template.isPresent() ? Values.text(template.get(), bindings) : "";
  }

  private static Step choose(Choice choice, Visit visit) throws StateError {
    Bindings bindings = visit.bindings();
    for (Choice.Rule rule : choice.rules()) {
      if (Values.truth(rule.condition(), bindings)) {
        return bindings.step(rule.effects(), visit.input(), Optional.of(rule.next()));
      }
    }
    if (choice.otherwise().isEmpty()) {
      throw new StateError(
          StateError.NO_CHOICE, "No condition of state " + visit.state() + " holds");
    }
    return bindings.step(choice.effects(), visit.input(), choice.otherwise());
  }

  private static Step waited(Wait wait, Visit visit) throws StateError, InterruptedException {
    Bindings bindings = visit.bindings();
    visit
        .run()
        .sleep(
            wait.untilMoment()
                ? moment(Values.text(wait.time(), bindings))
                : visit
                    .run()
                    .engine()
                    .time()
                    .after(Duration.ofSeconds(Values.count(wait.time(), bindings, 0))));
    return bindings.step(wait.effects(), visit.input(), wait.next());
  }

  private static Instant moment(String text) throws StateError {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new StateError(StateError.QUERY, "Not a timestamp as 2026-01-31T12:00:00Z: " + text);
    }
  }
}
