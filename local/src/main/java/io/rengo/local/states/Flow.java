package io.rengo.local.states;

import java.util.List;
import java.util.Map;

/// States and the one to start at: a machine, a branch, or the processor of a Map.
///
/// @param states by name, in the order of the definition
/// @param expressions all in its own states
/// @param assigned the variables that its own states assign, each with the field that does
/// @param inner the flows inside that read its variables
/// @param isolated the flows inside that do not
record Flow(
    String startAt,
    Map<String, State> states,
    List<Expression> expressions,
    Map<String, String> assigned,
    List<Flow> inner,
    List<Flow> isolated) {
  State state(String name) {
    State state = states.get(name);
    if (state == null) {
      throw new IllegalStateException("checked when it was read: " + name);
    }
    return state;
  }
}
