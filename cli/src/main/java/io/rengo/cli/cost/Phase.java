package io.rengo.cli.cost;

/// One step of a round.
///
/// @param name as the state machine has it, or `Members`
/// @param calls of its function
/// @param atOnce how many of them run at the same time
/// @param seconds that one call takes
/// @param gigabytes of memory of its function; 0 where no function runs
/// @param usage of all calls, without their GB-seconds
public record Phase(
    String name, int calls, int atOnce, double seconds, double gigabytes, Usage usage) {
  /// Seconds from the first call's start to the last one's end.
  public double wall() {
    return Math.ceilDiv(calls, atOnce) * seconds;
  }

  Usage whole() {
    return gigabytes == 0
        ? usage
        : usage
            .and(Item.LAMBDA_REQUEST, calls)
            .and(Item.LAMBDA_GB_SECOND, calls * seconds * gigabytes);
  }
}
