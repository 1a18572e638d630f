package io.rengo.lambdas;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RoundRecord;

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
        Job.changeRound(
            ports, input.job(), input.round(), record -> record.awaitedBy(input.token()));
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
