package io.rengo.local;

import io.rengo.protocol.TaskQueue;
import io.rengo.protocol.TaskQueueContract;
import java.util.UUID;

class MemoryTaskQueueTest extends TaskQueueContract {
  private final MemoryTaskQueue queues = new MemoryTaskQueue(Time.system());

  @Override
  protected TaskQueue queues() {
    return queues;
  }

  @Override
  protected String newQueue() {
    String name = "queue-" + UUID.randomUUID();
    queues.create(name);
    return name;
  }
}
