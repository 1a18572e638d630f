package io.rengo.cli;

import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns what went wrong into a message, an answer and an exit status.
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Screen screen;

  Failures(Screen screen) {
    this.screen = screen;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    List<String> words = parsed.originalArgs();
    Failure failure = Failure.of(e);
    failure.print(screen.err());
    if (words.contains("--verbose")) {
      e.printStackTrace(screen.err());
    }
    return answer(failure, words);
  }

  @Override
  public int handleParseException(ParameterException e, String[] words) {
    PrintWriter err = screen.err();
    err.println("rengo: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    err.flush();
    return answer(
        new Failure(
            "USAGE",
            String.valueOf(e.getMessage()),
            "command line",
            "See --help",
            ExitStatus.USAGE),
        Arrays.asList(words));
  }

  private int answer(Failure failure, List<String> words) {
    int format = words.lastIndexOf("--format");
    boolean json =
        words.contains("--format=json")
            || (format >= 0
                && format + 1 < words.size()
                && words.get(format + 1).equalsIgnoreCase("json"));
    if (json) {
      new Answer()
          .with("error", failure.answer().fields())
          .with("exitStatus", failure.status().number())
          .print(screen);
    }
    return failure.status().number();
  }

  /// An error as it is told.
  record Failure(String code, String what, String where, String mend, ExitStatus status) {
    static Failure of(Exception e) {
      return switch (e) {
        case RengoException known ->
            new Failure(
                known.code().name(),
                known.what(),
                known.where(),
                known.mend(),
                ExitStatus.of(known.code()));
        case UncheckedIOException io when io.getCause() instanceof IOException file -> of(file);
        case IOException file -> of(file);
        default ->
            new Failure(
                "DEFECT",
                e.toString(),
                "rengo itself",
                "Run it again with --verbose and report what it prints",
                ExitStatus.DEFECT);
      };
    }

    private static Failure of(IOException e) {
      return new Failure(
          "FILE",
          "a file cannot be read or written: " + e.getMessage(),
          e.getClass().getSimpleName(),
          "Check the path, its permissions and the space on the disk",
          ExitStatus.FAILED);
    }

    void print(PrintWriter err) {
      err.println("rengo: " + what);
      err.println("  at     " + where);
      err.println("  mend   " + mend);
      err.println("  code   " + code);
      err.flush();
    }

    Answer answer() {
      return new Answer()
          .with("code", code)
          .with("what", what)
          .with("where", where)
          .with("mend", mend);
    }
  }
}
