package io.rengo.lambdas;

import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RoundRecord;
import java.util.List;

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
    RoundRecord round = Job.changeRound(ports, input.job(), input.round(), RoundRecord::closed);
    Accepted accepted =
        Job.putOnce(
            ports.objects(),
            new ObjectKeys(input.job()).accepted(input.round()),
            new Accepted(list(input)),
            Accepted.class);
    int count = accepted.updates().size();
    int quorum = round.quorum();
    return new Output(count, quorum, count >= quorum, shortfall(count, quorum));
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
