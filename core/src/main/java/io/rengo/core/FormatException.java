package io.rengo.core;

/// Bytes that are not what they should be: a file or message that was cut, mixed up or made by
/// something else. Its message names the byte at which reading failed.
public final class FormatException extends RuntimeException {
  private static final int LONGEST = 300;

  private final long position;

  /// @param position the byte, counted from the start of the file or message
  /// @param what what is wrong there, as a sentence without its full stop
  public FormatException(long position, String what) {
    super("byte " + position + ": " + shortened(what));
    this.position = position;
  }

  /// Names come from the bytes themselves: a broken file must not write long log lines.
  private static String shortened(String what) {
    return what.length() <= LONGEST ? what : what.substring(0, LONGEST) + "…";
  }

  /// The byte at which reading failed, from the start of the file or message.
  public long position() {
    return position;
  }
}
