package io.rengo.agent.privacy;

import io.rengo.core.privacy.Adjacency;
import io.rengo.core.privacy.SampledGaussian;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.PrivacyLedger;
import io.rengo.protocol.PrivacyLedger.Limit;
import io.rengo.protocol.PrivacySpec;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// A member's own account of what its updates have cost, and the limits that it keeps to: its own,
/// and that of each job. It is written down before noise is drawn, once for each time that it is: a
/// task that is done twice costs twice, since both results may have left.
public final class MemberBudget {
  private final Optional<Path> file;
  private final Optional<Limit> limit;
  private PrivacyLedger ledger;

  private MemberBudget(Optional<Path> file, Optional<Limit> limit, PrivacyLedger ledger) {
    this.file = file;
    this.limit = limit;
    this.ledger = ledger;
  }

  /// An account that is gone with this process: for simulations.
  public static MemberBudget inMemory(Optional<Limit> limit) {
    return new MemberBudget(Optional.empty(), limit, PrivacyLedger.empty());
  }

  /// The account in a file, which need not be there yet.
  public static MemberBudget in(Path file, Optional<Limit> limit) {
    try {
      PrivacyLedger known =
          Files.exists(file)
              ? Json.read(Files.readString(file), PrivacyLedger.class, file.toString())
              : PrivacyLedger.empty();
      return new MemberBudget(Optional.of(file), limit, known);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /// Writes a cost down. Throws [RengoException] with `PRIVACY_SPENT` where it would pass the job's
  /// limit or the member's own; then nothing may be sent.
  ///
  /// @return epsilon of the job so far, this cost included
  public synchronized double spend(String job, PrivacySpec privacy, SampledGaussian cost) {
    PrivacyLedger after = ledger.reserve(job, ledger.spending(job).round() + 1, cost);
    double epsilon = after.epsilon(job, privacy.delta(), privacy.adjacency());
    refuseBeyond("job " + job, epsilon, privacy.epsilon());
    limit.ifPresent(own ->
        refuseBeyond(
            "this member", after.epsilon(List.copyOf(after.jobs().keySet()), own), own.epsilon()));
    file.ifPresent(path -> write(path, after));
    ledger = after;
    return epsilon;
  }

  /// Epsilon of a job so far.
  public synchronized double epsilon(String job, PrivacySpec privacy) {
    return ledger.epsilon(job, privacy.delta(), privacy.adjacency());
  }

  private static void refuseBeyond(String who, double epsilon, double most) {
    if (epsilon > most) {
      throw new RengoException(
          ErrorCode.PRIVACY_SPENT,
          "one more round would bring %s to epsilon %.4f, beyond the limit of %s"
              .formatted(who, epsilon, most),
          "the member's privacy account",
          "Nothing is sent. Raise the limit only if the member agrees to it");
    }
  }

  private static void write(Path path, PrivacyLedger after) {
    try {
      Files.createDirectories(path.toAbsolutePath().resolveSibling(""));
      Path next = path.resolveSibling(path.getFileName() + ".next");
      Files.writeString(next, Json.write(after));
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be written, so nothing is sent", e);
    }
  }

  /// A limit as an agent's configuration writes it, for data sets with one example more or less.
  public record Written(double epsilon, double delta) {
    /// The same as the account keeps it.
    public Limit limit() {
      return new Limit(epsilon, delta, Adjacency.ADD_REMOVE);
    }
  }
}
