package io.rengo.sim;

import io.rengo.local.states.Event;
import io.rengo.protocol.ModelRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// `KilledRun FOLDER [STATE NTH]`: runs the small job in a folder and prints the model's hash;
/// kills its own process, as `kill -9` does, when a state begins for the n-th time.
final class KilledRun {
  private KilledRun() {}

  public static void main(String[] arguments) {
    AtomicInteger count = new AtomicInteger();
    ModelRef model =
        SmallJob.run(
            Optional.of(Path.of(arguments[0])),
            event -> {
              if (arguments.length > 1
                  && event instanceof Event.StateEntered entered
                  && entered.state().equals(arguments[1])
                  && count.incrementAndGet() == Integer.parseInt(arguments[2])) {
                kill();
              }
            },
            report -> {});
    System.out.println(model.hash());
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
