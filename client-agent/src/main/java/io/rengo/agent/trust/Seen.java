package io.rengo.agent.trust;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How far an agent has come in each job, in a file: a task that goes back behind it is refused,
/// even if the federation once signed it.
public final class Seen {
  private static final int JOBS = 1000;

  /// The newest round and model of a job.
  private record Mark(int round, int version) {}

  private final Optional<Path> file;
  private final Map<String, Mark> marks;

  /// @param file made where there is none
  public Seen(Path file) {
    this.file = Optional.of(file);
    this.marks = read(file);
  }

  /// Remembers for as long as the process lives.
  public Seen() {
    this.file = Optional.empty();
    this.marks = new LinkedHashMap<>();
  }

  /// Refuses a task of an older round or with an older model, and remembers any other.
  public synchronized void check(Task task) {
    Mark mark = marks.getOrDefault(task.job(), new Mark(0, 0));
    Mark next = new Mark(task.round(), task.model().version());
    if (next.round() < mark.round() || next.version() < mark.version()) {
      throw new RengoException(
          ErrorCode.TASK_ROLLED_BACK,
          "round %d with model %d comes after round %d with model %d"
              .formatted(next.round(), next.version(), mark.round(), mark.version()),
          "job " + task.job(),
          "Ask the federation's operator who sends old tasks again");
    }
    if (!next.equals(mark)) {
      marks.remove(task.job());
      marks.put(task.job(), next);
      while (marks.size() > JOBS) {
        marks.remove(marks.keySet().iterator().next());
      }
      file.ifPresent(this::write);
    }
  }

  private static Map<String, Mark> read(Path file) {
    try {
      return Files.exists(file)
          ? Json.MAPPER.readValue(
              Files.readString(file), new TypeReference<LinkedHashMap<String, Mark>>() {})
          : new LinkedHashMap<>();
    } catch (JsonProcessingException e) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "what the agent has seen cannot be read",
          file.toString(),
          "Restore the file, or remove it where nobody could have changed it",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Path file) {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
      Files.writeString(next, Json.write(marks));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
