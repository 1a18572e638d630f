package io.rengo.protocol;

/// What a federation demands of the updates to a job; it is fixed when the job starts.
///
/// @param sealed payloads are sealed, so that only the aggregating functions can read them
/// @param signed tasks, manifests and the ledger are signed, each by its author's certificate
public record Trust(boolean sealed, boolean signed) {
  /// Nothing: for members and steps that share one process.
  public static final Trust NONE = new Trust(false, false);
}
