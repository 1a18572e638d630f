package io.rengo.lambdas;

import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RecordStore.RecordKey;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RoundRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Closes a round and lists the updates that count, sorted by member.
final class CloseRound implements Step<CloseRound.Input, CloseRound.Output> {
  record Input(String job, int round) {}

  /// @param reason why it is not enough; empty otherwise
  record Output(int accepted, int quorum, boolean enough, String reason) {}

  private final Ports ports;

  CloseRound(Ports ports) {
    this.ports = ports;
  }

  @Override
  public Output run(Input input) {
    RoundRecord round =
        Job.load(ports, input.job()).spec().buffer().isPresent()
            ? Conflicts.retry(() -> closeAndOpenNext(input), input.toString())
            : Job.changeRound(ports, input.job(), input.round(), RoundRecord::closed);
    Accepted accepted =
        Job.putOnce(
            ports.objects(),
            new ObjectKeys(input.job()).accepted(input.round()),
            new Accepted(list(input)),
            Accepted.class);
    int count = accepted.updates().size();
    int quorum = round.quorum();
    String reason = shortfall(count, quorum);
    return new Output(
        count,
        quorum,
        reason.isEmpty(),
        reason.isEmpty() ? reason : spent(input, round).orElse(reason));
  }

  /// That so many members have spent what they may of their privacy that no further round can reach
  /// its quorum, if so.
  private Optional<String> spent(Input input, RoundRecord round) {
    long spent =
        ports
            .records()
            .list(RecordKeys.roundPartition(input.job(), input.round()), RecordKeys.REFUSED)
            .stream()
            .map(record -> Json.read(record.json(), Refusal.class, record.key().toString()))
            .filter(refusal -> refusal.code() == ErrorCode.PRIVACY_SPENT)
            .count();
    return spent > 0 && round.cohort() - spent < round.quorum()
        ? Optional.of(
            "%s: %d of the %d members of the round have spent what they may, and without them the quorum of %d is out of reach"
                .formatted(ErrorCode.PRIVACY_SPENT, spent, round.cohort(), round.quorum()))
        : Optional.empty();
  }

  /// Closes a filling of the buffer and opens the next one at the same time, so that an update that
  /// comes meanwhile counts in one of them. Empty where the record changed meanwhile.
  private Optional<RoundRecord> closeAndOpenNext(Input input) {
    RecordKey key = RecordKeys.round(input.job(), input.round());
    StoredRecord stored = ports.records().get(key).orElseThrow();
    RoundRecord round = Job.asRound(stored);
    if (!round.open()) {
      return Optional.of(round);
    }
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.Replace(key, stored.version(), Json.write(round.closed())));
    if (round.purpose() == Purpose.TRAIN) {
      RecordKey next = RecordKeys.round(input.job(), input.round() + 1);
      changes.add(new Change.Create(next, Json.write(round.next(ports.clock().instant()))));
    }
    return ports.records().commit(changes) ? Optional.of(round.closed()) : Optional.empty();
  }

  /// Why a number of updates is not enough, or nothing.
  static String shortfall(int count, int quorum) {
    return count >= quorum
        ? ""
        : "%s: %d updates, below the quorum of %d"
            .formatted(ErrorCode.QUORUM_MISSED, count, quorum);
  }

  private List<AcceptedUpdate> list(Input input) {
    return ports
        .records()
        .list(RecordKeys.roundPartition(input.job(), input.round()), RecordKeys.ACCEPTED)
        .stream()
        .map(record -> Json.read(record.json(), AcceptedUpdate.class, record.key().toString()))
        .toList();
  }
}
