package io.rengo.cli;

/// Waiting for news of what only answers when it is asked.
final class Waiting {
  private Waiting() {}

  /// Half a second: news are then as fresh as a reader can tell. Throws [InterruptedWait] where the
  /// thread is interrupted.
  static void aMoment() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedWait(e);
    }
  }

  /// The wait was ended from outside.
  static final class InterruptedWait extends RuntimeException {
    InterruptedWait(InterruptedException cause) {
      super("the wait was interrupted", cause);
    }
  }
}
