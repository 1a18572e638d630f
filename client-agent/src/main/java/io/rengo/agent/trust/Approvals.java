package io.rengo.agent.trust;

import io.rengo.protocol.Approval;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/// The data owner's word, job by job: what a job asks for lies in `pending`, and works once it lies
/// in `approved` with the same configuration. A job that changes what it does waits again.
///
/// @param folder in the agent's work folder
public record Approvals(Path folder) {
  /// What a job does with the member's data.
  ///
  /// @param configuration hash of model and training
  /// @param approved when the data owner agreed, if so
  public record Asked(
      String job,
      String trainer,
      String configuration,
      Instant asked,
      Optional<Instant> approved) {}

  /// Whether the job may work; if not, it is noted as pending.
  public boolean allow(Task task, Instant now) {
    String hash = Configuration.hash(task);
    Path approved = file("approved", task.job());
    if (Files.exists(approved) && read(approved).configuration().equals(hash)) {
      return true;
    }
    Path pending = file("pending", task.job());
    if (!Files.exists(pending) || !read(pending).configuration().equals(hash)) {
      write(pending, new Asked(task.job(), task.training().trainer(), hash, now, Optional.empty()));
    }
    return false;
  }

  /// The data owner's word for what a task asks, if there is one.
  public Optional<Approval> of(Task task) {
    Path approved = file("approved", task.job());
    String hash = Configuration.hash(task);
    return Files.exists(approved)
        ? Optional.of(read(approved))
            .filter(asked -> asked.configuration().equals(hash))
            .map(asked -> new Approval(hash, asked.approved().orElse(asked.asked())))
        : Optional.empty();
  }

  /// Approves what a job asks for.
  public Asked approve(String job, Instant now) {
    Path pending = file("pending", job);
    if (!Files.exists(pending)) {
      throw new RengoException(
          ErrorCode.JOB_UNKNOWN,
          "no job «" + job + "» waits for approval",
          pending.toString(),
          "Jobs that wait have a file in " + folder.resolve("pending"));
    }
    Asked read = read(pending);
    Asked asked =
        new Asked(read.job(), read.trainer(), read.configuration(), read.asked(), Optional.of(now));
    write(file("approved", job), asked);
    return asked;
  }

  private Path file(String state, String job) {
    return folder.resolve(state).resolve(new ObjectKeys(job).job() + ".json");
  }

  private static Asked read(Path file) {
    try {
      return Json.read(Files.readString(file), Asked.class, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, Asked asked) {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
      Files.writeString(next, Json.write(asked));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
