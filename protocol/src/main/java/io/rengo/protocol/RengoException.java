package io.rengo.protocol;

/// The one error that Rengo's own code throws: a code, what happened, where, and how to mend it.
/// Its message reads as one sentence after another; programs look at [#code()].
public final class RengoException extends RuntimeException {
  private final ErrorCode code;
  private final String what;
  private final String where;
  private final String mend;

  /// @param code the kind of error
  /// @param what what happened, as a sentence without its full stop
  /// @param where the file, key, field, queue or state that it happened at
  /// @param mend what the reader can do about it, as a sentence without its full stop
  public RengoException(ErrorCode code, String what, String where, String mend) {
    super(code + ": " + what + " (at " + where + "). " + mend + ".");
    this.code = code;
    this.what = what;
    this.where = where;
    this.mend = mend;
  }

  /// The same with the exception that caused it.
  public RengoException(ErrorCode code, String what, String where, String mend, Throwable cause) {
    this(code, what, where, mend);
    initCause(cause);
  }

  /// The kind of error.
  public ErrorCode code() {
    return code;
  }

  /// What happened, as a sentence without its full stop.
  public String what() {
    return what;
  }

  /// The file, key, field, queue or state that it happened at.
  public String where() {
    return where;
  }

  /// What the reader can do about it.
  public String mend() {
    return mend;
  }
}
