package io.rengo.agent;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Task;

/// Does the tasks that an agent takes.
public interface Worker {
  /// Does the task and announces its answer; a task that is done twice counts once. Throws
  /// [io.rengo.protocol.RengoException] where it cannot be done.
  ///
  /// @param slot the place that the task is done in
  void work(Task task, Slots.Slot slot);

  /// Announces that the member does not do the task, so that nobody waits for it; what was answered
  /// before stands.
  void decline(Task task, ErrorCode why);
}
