package io.rengo.local.states;

/// The failure of a function, as AWS Lambda reports it.
public final class FunctionError extends Exception {
  private static final long serialVersionUID = 1;

  private final String errorType;

  /// @param errorType the exception's class, or a code as `Runtime.ExitError`; Retry and Catch look
  ///   at it
  public FunctionError(String errorType, String message) {
    super(message);
    this.errorType = errorType;
  }

  /// The exception's class, or a code.
  public String errorType() {
    return errorType;
  }
}
