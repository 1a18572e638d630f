package io.rengo.lambdas;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.RoundRecord;
import java.util.List;
import java.util.Optional;

/// Notes that the workflow waits for a round's updates, and ends the wait at once where there is
/// nothing left to wait for.
final class OpenRound implements Step<OpenRound.Input, OpenRound.Output> {
  record Input(String job, int round, String token) {}

  record Output(boolean complete) {}

  private final Ports ports;

  OpenRound(Ports ports) {
    this.ports = ports;
  }

  @Override
  public Output run(Input input) {
    RoundRecord round =
        Conflicts.retry(
            () -> {
              StoredRecord record =
                  Job.roundRecord(ports, input.job(), input.round()).orElseThrow();
              RoundRecord awaited = Job.asRound(record).awaitedBy(input.token());
              return ports
                      .records()
                      .commit(
                          List.of(
                              new Change.Replace(
                                  record.key(), record.version(), Json.write(awaited))))
                  ? Optional.of(awaited)
                  : Optional.empty();
            },
            "round " + input.round() + " of job " + input.job());
    wake(ports, round);
    return new Output(round.complete());
  }

  /// Ends the wait where there is nothing left to wait for. Harmless when it happens again.
  static void wake(Ports ports, RoundRecord round) {
    if (round.complete()) {
      round
          .token()
          .ifPresent(token ->
              ports
                  .workflow()
                  .succeed(
                      token,
                      JsonNodeFactory.instance.objectNode().put("accepted", round.accepted())));
    }
  }
}
