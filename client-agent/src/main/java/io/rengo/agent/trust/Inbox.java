package io.rengo.agent.trust;

import io.rengo.protocol.Json;
import io.rengo.protocol.Task;

/// Reads the messages of a member's queue.
@FunctionalInterface
public interface Inbox {
  /// The task in a message; throws [io.rengo.protocol.RengoException] where the member must not
  /// work on it.
  ///
  /// @param where what is read, for the error
  Task read(String message, String where);

  /// Takes what comes: for members that share a process with the federation.
  static Inbox plain() {
    return (message, where) -> Json.read(message, Task.class, where);
  }
}
