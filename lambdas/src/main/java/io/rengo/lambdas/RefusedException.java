package io.rengo.lambdas;

import io.rengo.protocol.ErrorCode;

/// Why an update is refused: not an error of the program, so without a stack trace.
final class RefusedException extends Exception {
  private final ErrorCode code;
  private final String what;

  RefusedException(ErrorCode code, String what) {
    super(code + ": " + what, null, false, false);
    this.code = code;
    this.what = what;
  }

  static void unless(boolean holds, ErrorCode code, String what) throws RefusedException {
    if (!holds) {
      throw new RefusedException(code, what);
    }
  }

  ErrorCode code() {
    return code;
  }

  String what() {
    return what;
  }
}
