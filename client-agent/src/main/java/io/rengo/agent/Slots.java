package io.rengo.agent;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.lang.ref.SoftReference;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Bounds how many members of one process work at once: training takes a core and memory each.
public final class Slots {
  private final BlockingQueue<Slot> free;

  public Slots(int count) {
    free = new ArrayBlockingQueue<>(count, true);
    for (int i = 0; i < count; i++) {
      free.add(new Slot());
    }
  }

  /// A place to work that must be given back, with its memory, which is not used between tasks.
  public final class Slot implements AutoCloseable {
    private SoftReference<float[]> memory = new SoftReference<>(new float[0]);

    private Slot() {}

    /// An array of just this length, for the time that the place is held. What it holds is what was
    /// left in it.
    public float[] memory(int length) {
      float[] kept = memory.get();
      if (kept != null && kept.length == length) {
        return kept;
      }
      float[] fresh = new float[length];
      memory = new SoftReference<>(fresh);
      return fresh;
    }

    @Override
    public void close() {
      free.add(this);
    }
  }

  /// Waits for a place.
  public Slot take() {
    try {
      return free.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RengoException(
          ErrorCode.SERVICE_UNAVAILABLE,
          "stopped while waiting for a place to work",
          "slots",
          "The task returns to its queue by itself",
          e);
    }
  }
}
