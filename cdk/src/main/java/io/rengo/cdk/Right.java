package io.rengo.cdk;

/// What a step may do besides reading and writing objects.
enum Right {
  /// Get and query records.
  READ_RECORDS,
  /// Get and query records, and change them under conditions; never scan or delete.
  WRITE_RECORDS,
  /// Send to the members' queues.
  SEND_TASKS,
  /// End a round's wait for updates.
  WAKE_ROUND,
  /// Upload parts of models and of regions' means, without making an object of them.
  UPLOAD_PARTS,
  /// See which parts of a model were uploaded.
  LIST_PARTS,
  /// Sign for the federation.
  SIGN,
  /// Take the events of stored updates from their queue.
  TAKE_EVENTS
}
