package io.rengo.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/// The command `rengo`.
public final class Main {
  private Main() {}

  public static void main(String[] words) {
    logging(List.of(words).contains("--verbose"));
    int status = commandLine(World.ofProcess()).execute(words);
    settle();
    System.exit(status);
  }

  /// Waits for the process that the launcher put behind standard error, if it did: what was written
  /// is then out when this process ends.
  private static void settle() {
    Optional.ofNullable(Long.getLong("rengo.stderr"))
        .flatMap(ProcessHandle::of)
        .ifPresent(reader -> {
          try {
            System.err.flush();
            new FileOutputStream(FileDescriptor.err).close();
            reader.onExit().get(2, TimeUnit.SECONDS);
          } catch (IOException | ExecutionException | TimeoutException e) {
            // The text is on its way; there is nowhere left to complain.
            return;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /// Before the first logger is made.
  private static void logging(boolean verbose) {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "info" : "warn");
  }

  static CommandLine commandLine(World world) {
    Failures failures = new Failures(world.screen());
    return new CommandLine(Rengo.class, inWorld(world))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(world.screen().out())
        .setErr(world.screen().err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(world.screen().ansi()))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }

  /// Makes commands: those that have a constructor with a world get this one.
  private static IFactory inWorld(World world) {
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
          if (Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {World.class})) {
            return type.cast(constructor.newInstance(world));
          }
        }
        return CommandLine.defaultFactory().create(type);
      }
    };
  }
}
