package io.rengo.sim;

import io.rengo.local.states.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// `KilledRun FOLDER STATE NTH [tree|buffer]`: runs the small job, the one with turns or the one
/// with a buffer in a folder and prints the model's hash; kills its own process, as `kill -9` does,
/// when a state begins for the n-th time, if ever.
final class KilledRun {
  private KilledRun() {}

  public static void main(String[] arguments) {
    AtomicInteger count = new AtomicInteger();
    Optional<Path> folder = Optional.of(Path.of(arguments[0]));
    Consumer<Event> killer =
        event -> {
          if (arguments.length > 1
              && event instanceof Event.StateEntered entered
              && entered.state().equals(arguments[1])
              && count.incrementAndGet() == Integer.parseInt(arguments[2])) {
            kill();
          }
        };
    switch (arguments.length > 3 ? arguments[3] : "") {
      case "tree" ->
          TreeJob.run(TreeJobTest.KILLED_ROUNDS, folder, killer, report -> {}, ports -> 0);
      case "buffer" -> System.out.println(SmallJob.buffered(folder, killer).hash());
      default -> System.out.println(SmallJob.run(folder, killer, report -> {}).hash());
    }
    System.exit(0);
  }

  private static void kill() {
    try {
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
          .start()
          .waitFor();
      Thread.sleep(60_000);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
