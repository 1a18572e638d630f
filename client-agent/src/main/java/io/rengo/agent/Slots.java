package io.rengo.agent;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.util.concurrent.Semaphore;

/// Bounds how many members of one process work at once: training takes a core and memory each.
public final class Slots {
  private final Semaphore free;

  public Slots(int count) {
    free = new Semaphore(count, true);
  }

  /// A place to work that must be given back.
  public interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /// Waits for a place.
  public Slot take() {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RengoException(
          ErrorCode.SERVICE_UNAVAILABLE,
          "stopped while waiting for a place to work",
          "slots",
          "The task returns to its queue by itself",
          e);
    }
    return free::release;
  }
}
