package io.rengo.cli;

import io.rengo.protocol.Json;
import io.rengo.protocol.RoundReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// The folder of one simulated job: `run.json` and `rounds.jsonl` for readers, who need no lock,
/// `state` that the simulation owns while it runs, the last `model.safetensors`, and `abort`, by
/// which another process asks the run to stop.
record RunFolder(Path path) {
  Path state() {
    return path.resolve("state");
  }

  /// Where a simulation keeps its objects.
  Path objects() {
    return state().resolve("objects");
  }

  Path model() {
    return path.resolve("model.safetensors");
  }

  Optional<RunRecord> read() {
    Path file = path.resolve("run.json");
    try {
      return Files.exists(file)
          ? Optional.of(Json.read(Files.readString(file), RunRecord.class, file.toString()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(RunRecord record) {
    try {
      Files.createDirectories(path);
      Path next = path.resolve("run.json.new");
      Files.writeString(next, Json.write(record) + "\n");
      Files.move(
          next,
          path.resolve("run.json"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Forgets the rounds: a simulation tells all of them again when it goes on.
  void clearRounds() {
    try {
      Files.deleteIfExists(path.resolve("rounds.jsonl"));
      Files.deleteIfExists(abortRequest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(RoundReport report) {
    try {
      Files.writeString(
          path.resolve("rounds.jsonl"),
          Json.write(report) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<RoundReport> rounds() {
    Path file = path.resolve("rounds.jsonl");
    try {
      if (!Files.exists(file)) {
        return List.of();
      }
      String text = Files.readString(file);
      return text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .map(line -> Json.read(line, RoundReport.class, file.toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asks the process that runs the job to abort it.
  void requestAbort(String reason) {
    try {
      Files.writeString(abortRequest(), reason);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<String> abortRequested() {
    try {
      return Files.exists(abortRequest())
          ? Optional.of(Files.readString(abortRequest()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path abortRequest() {
    return path.resolve("abort");
  }
}
