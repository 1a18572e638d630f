package io.rengo.trainer.process;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs the member's command on a folder and waits for its end.
///
/// The command gets the agent's environment without `AWS_*`: a training script has no business with
/// the agent's credentials.
record Command(ProcessSettings settings) {
  void run(RunFolder folder) throws IOException {
    Process process = start(folder);
    try {
      if (!process.waitFor(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        throw failed(
            folder,
            "it ran longer than " + settings.timeout().toSeconds() + " s and was killed",
            "Raise trainers.process.timeout, or let it do less");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(folder, "the agent was stopped while it ran", "Start the agent again");
    } finally {
      kill(process);
    }
    if (process.exitValue() != 0) {
      throw failed(
          folder,
          "it ended with exit code " + process.exitValue(),
          "Correct the command; the folder is kept until the next run");
    }
  }

  private Process start(RunFolder folder) {
    List<String> line = new ArrayList<>(settings.command());
    line.add(folder.path().toAbsolutePath().toString());
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(settings.directory().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(folder.output().toFile())
            .redirectError(folder.errors().toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(settings.environment());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new RengoException(
          ErrorCode.PREREQUISITE_MISSING,
          "the command cannot be started: " + e.getMessage(),
          "trainers.process.command",
          "Install the program, or correct the command or its directory",
          e);
    }
  }

  /// Ends the process and what it started; does nothing to what has ended already.
  private static void kill(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  private RengoException failed(RunFolder folder, String what, String mend) {
    return new RengoException(
        ErrorCode.TRAINING_FAILED,
        "the command %s failed: %s".formatted(settings.command(), what),
        folder.path().toString(),
        mend + folder.tail());
  }
}
