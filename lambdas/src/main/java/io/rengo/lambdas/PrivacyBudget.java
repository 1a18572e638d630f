package io.rengo.lambdas;

import io.rengo.core.privacy.SampledGaussian;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.PrivacyLedger;
import io.rengo.protocol.PrivacyLedger.Limit;
import io.rengo.protocol.PrivacySpec;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RecordStore.StoredRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Books what a round costs before anything of it is released. The whole ledger is one record and
/// every booking a change of it, so of two jobs that want the last of a budget one gets it.
final class PrivacyBudget {
  private final Ports ports;

  PrivacyBudget(Ports ports) {
    this.ports = ports;
  }

  /// Books a round, unless it is booked already. What is booked is never given back.
  ///
  /// @return why it cannot be booked, or empty where it is
  Optional<String> reserve(Job job, int round) {
    SampledGaussian cost = job.spec().privacy().orElseThrow().round(job.spec().cohort(), round);
    return Conflicts.retry(
        () -> {
          Optional<StoredRecord> stored = ports.records().get(RecordKeys.privacyLedger());
          PrivacyLedger before = ledger(stored);
          PrivacyLedger after = before.reserve(job.id(), round, cost);
          if (after.equals(before)) {
            return Optional.of(Optional.empty());
          }
          Optional<String> refusal = refusal(job, after);
          return refusal.isPresent() || commit(stored, after)
              ? Optional.of(refusal)
              : Optional.empty();
        },
        "the privacy ledger");
  }

  /// How the ledger stands.
  PrivacyLedger ledger() {
    return ledger(ports.records().get(RecordKeys.privacyLedger()));
  }

  private static PrivacyLedger ledger(Optional<StoredRecord> stored) {
    return stored
        .map(record -> Json.read(record.json(), PrivacyLedger.class, record.key().toString()))
        .orElse(PrivacyLedger.empty());
  }

  private boolean commit(Optional<StoredRecord> stored, PrivacyLedger after) {
    Change change =
        stored.isPresent()
            ? new Change.Replace(
                RecordKeys.privacyLedger(), stored.get().version(), Json.write(after))
            : new Change.Create(RecordKeys.privacyLedger(), Json.write(after));
    return ports.records().commit(List.of(change));
  }

  private Optional<String> refusal(Job job, PrivacyLedger after) {
    PrivacySpec privacy = job.spec().privacy().orElseThrow();
    return beyond(
            "the job",
            after.epsilon(job.id(), privacy.delta(), privacy.adjacency()),
            privacy.epsilon(),
            privacy.delta())
        .or(() ->
            after
                .limit()
                .flatMap(limit ->
                    beyond("the federation", after, List.copyOf(after.jobs().keySet()), limit)))
        .or(() ->
            after.members().entrySet().stream()
                .filter(entry -> job.members().contains(entry.getKey()))
                .map(entry -> member(entry, after))
                .flatMap(Optional::stream)
                .findFirst());
  }

  private Optional<String> member(Map.Entry<String, Limit> entry, PrivacyLedger after) {
    List<String> jobs =
        after.jobs().keySet().stream()
            .filter(id -> Job.load(ports, id).members().contains(entry.getKey()))
            .toList();
    return beyond("member " + entry.getKey(), after, jobs, entry.getValue());
  }

  private static Optional<String> beyond(
      String who, PrivacyLedger after, List<String> jobs, Limit limit) {
    return beyond(who, after.epsilon(jobs, limit), limit.epsilon(), limit.delta());
  }

  private static Optional<String> beyond(String who, double epsilon, double limit, double delta) {
    return epsilon <= limit
        ? Optional.empty()
        : Optional.of(
            "%s: one more round would bring %s to epsilon %.4f at delta %s, beyond its limit of %s"
                .formatted(ErrorCode.PRIVACY_SPENT, who, epsilon, delta, limit));
  }
}
