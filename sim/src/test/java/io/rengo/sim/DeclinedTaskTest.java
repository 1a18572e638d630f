package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.RoundReport.Outcome;
import io.rengo.protocol.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A member that cannot do its tasks.
class DeclinedTaskTest {
  /// The deadline is an hour away.
  @Test
  @Timeout(60)
  void nobodyWaitsForAMemberThatSaysSo_andWhatIsWrongWithItsDataStaysThere() {
    SimulationConfig three = SmallJob.config(Optional.empty());
    SimulationConfig config =
        new SimulationConfig(
            three.folder(),
            three.federation(),
            three.members(),
            three.trainers(),
            member ->
                member.equals("b")
                    ? () -> {
                      throw new RengoException(
                          ErrorCode.DATA_INVALID, "patient 17 has no age", "row 17", "Mend it");
                    }
                    : three.data().apply(member),
            2);
    ObjectNode input = SmallJob.input().deepCopy();
    ((ObjectNode) input.get("file").get("rounds")).put("deadline", "1h");
    List<RoundReport> reports = new ArrayList<>();
    try (Simulation simulation = new Simulation(config)) {
      assertThat(simulation.run(SmallJob.JOB, input, reports::add))
          .isInstanceOf(Workflow.Status.Succeeded.class);
    }
    assertThat(reports)
        .filteredOn(report -> report.outcome() == Outcome.PUBLISHED)
        .hasSize(3)
        .allSatisfy(report -> {
          assertThat(report.accepted()).isEqualTo(2);
          assertThat(report.refusals())
              .extracting(Refusal::member, Refusal::code, Refusal::what)
              .containsExactly(
                  tuple(
                      "b",
                      ErrorCode.MEMBER_DECLINED,
                      "the member does not do the task: DATA_INVALID"));
        });
  }
}
