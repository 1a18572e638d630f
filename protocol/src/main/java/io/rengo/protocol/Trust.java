package io.rengo.protocol;

/// What a federation demands of the updates to a job; it is fixed when the job starts.
///
/// @param sealed payloads are sealed, so that only the aggregating functions can read them
public record Trust(boolean sealed) {
  /// Nothing: for members and steps that share one process.
  public static final Trust NONE = new Trust(false);
}
