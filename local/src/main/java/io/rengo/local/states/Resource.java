package io.rengo.local.states;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// What a Task may call, with the arguments that it takes; the first one is required.
enum Resource {
  INVOKE("arn:aws:states:::lambda:invoke", "FunctionName", "Payload"),
  INVOKE_AND_WAIT("arn:aws:states:::lambda:invoke.waitForTaskToken", "FunctionName", "Payload"),
  RUN_EXECUTION(
      "arn:aws:states:::states:startExecution.sync:2", "StateMachineArn", "Name", "Input");

  private final String arn;
  private final List<String> arguments;

  Resource(String arn, String... arguments) {
    this.arn = arn;
    this.arguments = List.of(arguments);
  }

  static Resource of(String arn, String where) {
    return Arrays.stream(values())
        .filter(resource -> resource.arn.equals(arn))
        .findFirst()
        .orElseThrow(() ->
            Fields.invalid(
                "the interpreter does not run " + arn,
                where,
                "It runs: " + Arrays.stream(values()).map(r -> r.arn).toList()));
  }

  /// Refuses argument names that it does not take, and the lack of the required one.
  void check(Set<String> given, String where) {
    if (!given.contains(arguments.getFirst()) || !arguments.containsAll(given)) {
      throw Fields.invalid(
          "arguments " + given + " for " + arn,
          where,
          "It needs " + arguments.getFirst() + " and takes " + arguments);
    }
  }
}
