package io.rengo.local.states;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Reads the states of a machine, a branch or a Map's processor, and checks the ways between them.
final class FlowParser {
  private FlowParser() {}

  /// @param fields the object with `StartAt` and `States`
  /// @param path the states around it, as `state Outer > `, or empty
  static Flow parse(Fields fields, String path) {
    String startAt = fields.text("StartAt");
    TemplateParser templates = new TemplateParser();
    Map<String, String> assigned = new LinkedHashMap<>();
    List<Flow> inner = new ArrayList<>();
    List<Flow> isolated = new ArrayList<>();
    Map<String, State> states = new LinkedHashMap<>();
    fields
        .required("States")
        .properties()
        .forEach(entry -> {
          String where = (path.isEmpty() ? "state " : path) + entry.getKey();
          StateParser parser =
              new StateParser(new Fields(entry.getValue(), where), templates, assigned);
          State state = parser.parse();
          states.put(entry.getKey(), state);
          switch (state) {
            case State.Parallel parallel -> inner.addAll(parallel.branches());
            case State.Each each -> (each.distributed() ? isolated : inner).add(each.processor());
            default -> {}
          }
        });
    checkTargets(fields, startAt, states, path);
    checkReached(fields, startAt, states);
    return new Flow(startAt, states, templates.expressions(), assigned, inner, isolated);
  }

  private static void checkTargets(
      Fields fields, String startAt, Map<String, State> states, String path) {
    String present = "States present: " + states.keySet();
    if (!states.containsKey(startAt)) {
      throw fields.error("StartAt", "no state is named " + startAt, present);
    }
    states.forEach((name, state) -> {
      for (String target : all(state)) {
        if (!states.containsKey(target)) {
          String where = (path.isEmpty() ? "state " : path) + name + ", field Next";
          throw Fields.invalid("no state is named " + target, where, present);
        }
      }
    });
  }

  private static void checkReached(Fields fields, String startAt, Map<String, State> states) {
    Set<String> reached = new LinkedHashSet<>(Set.of(startAt));
    Deque<String> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      State state = states.get(open.remove());
      if (state != null) {
        all(state).stream().filter(reached::add).forEach(open::add);
      }
    }
    Set<String> unreached = new TreeSet<>(states.keySet());
    unreached.removeAll(reached);
    if (!unreached.isEmpty()) {
      throw fields.error(
          "States", "nothing leads to " + unreached, "Lead to them by a Next, or remove them");
    }
  }

  private static Set<String> all(State state) {
    Set<String> targets = new TreeSet<>(state.targets());
    state.recovery().catchers().forEach(catcher -> targets.add(catcher.next()));
    return targets;
  }
}
