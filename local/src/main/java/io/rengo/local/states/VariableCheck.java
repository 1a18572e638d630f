package io.rengo.local.states;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Checks that expressions read only variables that some state assigns, and that no inner flow
/// assigns a variable of an outer one.
final class VariableCheck {
  private VariableCheck() {}

  static void check(Flow flow) {
    check(flow, Set.of());
  }

  private static void check(Flow flow, Set<String> outer) {
    for (Map.Entry<String, String> assigned : flow.assigned().entrySet()) {
      if (outer.contains(assigned.getKey())) {
        throw Fields.invalid(
            "$" + assigned.getKey() + " is a variable of an outer state",
            assigned.getValue(),
            "Give it another name, and pass the value on by Output");
      }
    }
    Set<String> visible = new TreeSet<>(outer);
    visible.addAll(flow.assigned().keySet());
    flow.expressions().forEach(expression -> check(expression, visible));
    flow.inner().forEach(inner -> check(inner, visible));
    flow.isolated().forEach(isolated -> check(isolated, Set.of()));
  }

  private static void check(Expression expression, Set<String> visible) {
    for (String name : expression.variables()) {
      if (!ExpressionNames.isBuiltIn(name) && !visible.contains(name)) {
        throw Fields.invalid(
            "no state assigns $" + name + ": " + expression.source(),
            expression.where(),
            "Variables that can be read here: states and " + visible);
      }
    }
  }
}
