package io.rengo.lambdas;

import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.RoundRecord;
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
        Conflicts.retry(() -> close(input), "round " + input.round() + " of job " + input.job());
    Accepted accepted =
        Job.putOnce(
            ports.objects(),
            new ObjectKeys(input.job()).accepted(input.round()),
            new Accepted(list(input)),
            Accepted.class);
    int count = accepted.updates().size();
    int quorum = round.purpose() == Purpose.EVALUATE ? 1 : round.quorum();
    return new Output(count, quorum, count >= quorum, shortfall(count, quorum));
  }

  /// Why a number of updates is not enough, or nothing.
  static String shortfall(int count, int quorum) {
    return count >= quorum
        ? ""
        : "%s: %d updates, below the quorum of %d"
            .formatted(ErrorCode.QUORUM_MISSED, count, quorum);
  }

  private Optional<RoundRecord> close(Input input) {
    StoredRecord stored = Job.roundRecord(ports, input.job(), input.round()).orElseThrow();
    RoundRecord round = Job.asRound(stored);
    return !round.open()
            || ports
                .records()
                .commit(
                    List.of(
                        new Change.Replace(
                            stored.key(), stored.version(), Json.write(round.closed()))))
        ? Optional.of(round)
        : Optional.empty();
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
