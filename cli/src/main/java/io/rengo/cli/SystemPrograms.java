package io.rengo.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Programs as processes of this machine.
final class SystemPrograms implements Programs {
  private static final Result ABSENT = new Result(NOT_RUN, "");

  @Override
  public Result probe(List<String> command, Duration limit) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return ABSENT;
      }
      return new Result(process.exitValue(), output.join());
    } catch (IOException e) {
      return ABSENT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ABSENT;
    }
  }

  @Override
  public Result run(List<String> command, Path folder, Map<String, String> variables) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(Redirect.INHERIT);
    builder.environment().putAll(variables);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = read(process);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      return ABSENT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ABSENT;
    }
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
