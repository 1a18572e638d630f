package io.rengo.local.states;

/// The error of a state: a name that Retry and Catch look at, and the cause.
final class StateError extends Exception {
  static final String QUERY = "States.QueryEvaluationError";
  static final String TIMEOUT = "States.Timeout";
  static final String HEARTBEAT = "States.HeartbeatTimeout";
  static final String TASK_FAILED = "States.TaskFailed";
  static final String ALL = "States.ALL";
  static final String NO_CHOICE = "States.NoChoiceMatched";
  static final String DATA_LIMIT = "States.DataLimitExceeded";
  static final String RUNTIME = "States.Runtime";
  static final String ITEM_READER = "States.ItemReaderFailed";
  static final String TOLERANCE = "States.ExceedToleratedFailureThreshold";

  private static final long serialVersionUID = 1;

  private final String error;
  private final String cause;
  private final boolean endsExecution;

  StateError(String error, String cause) {
    this(error, cause, error.equals(RUNTIME));
  }

  private StateError(String error, String cause, boolean endsExecution) {
    super(error + ": " + cause, null, false, false);
    this.error = error;
    this.cause = cause;
    this.endsExecution = endsExecution;
  }

  /// The execution's own time is over: nothing retries or catches that.
  static StateError executionTimeout() {
    return new StateError(TIMEOUT, "The execution took longer than its TimeoutSeconds", true);
  }

  /// The error of a distributed Map of which an item failed with this one.
  StateError ofDistributedItem(int index) {
    return endsExecution
        ? this
        : new StateError(
            TOLERANCE,
            "The tolerated failure threshold was exceeded: item %d failed with %s: %s"
                .formatted(index, error, cause));
  }

  String error() {
    return error;
  }

  String cause() {
    return cause;
  }

  /// Whether a Retry or Catch that names `pattern` applies.
  boolean matches(String pattern) {
    if (endsExecution) {
      return false;
    }
    return switch (pattern) {
      case ALL -> !error.equals(DATA_LIMIT);
      case TASK_FAILED -> !error.equals(DATA_LIMIT) && !isTimeout();
      case TIMEOUT -> isTimeout();
      default -> error.equals(pattern);
    };
  }

  private boolean isTimeout() {
    return error.equals(TIMEOUT) || error.equals(HEARTBEAT);
  }
}
