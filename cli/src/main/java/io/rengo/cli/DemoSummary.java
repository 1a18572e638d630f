package io.rengo.cli;

import io.rengo.sim.Baselines;
import java.nio.file.Path;
import java.util.Optional;

/// The end of the demo: how good the model is beside its alternatives, and what to do next.
record DemoSummary(
    SimulatedJob.Outcome outcome, Optional<Baselines.Result> baselines, Path model, World world) {
  void print(RoundTable table) {
    table.line("");
    baselines.ifPresent(result ->
        bar(
            table,
            "each alone",
            result.localOnlyAccuracy(),
            "no data shared, mean of the members"));
    outcome
        .state()
        .accuracy()
        .ifPresent(accuracy -> bar(table, "federated", accuracy, "no data shared, one model"));
    baselines.ifPresent(
        result -> bar(table, "pooled", result.pooledAccuracy(), "all data in one place"));
    table.line("");
    table.line(
        "model   %s (%.1f s of training, version %s)"
            .formatted(
                world.show(model),
                outcome.seconds(),
                outcome.model().map(ref -> "" + ref.version()).orElse("-")));
    next(table, "next", "rengo watch " + outcome.state().job(), "its rounds again");
    next(table, "", "rengo init my-job", "files of your own, ready to run");
    next(table, "", "rengo run examples/digits/job.yaml --members 50", "more members");
    next(table, "", "rengo doctor", "what else this machine can do");
  }

  private static void next(RoundTable table, String head, String command, String what) {
    table.line("%-6s  %-48s %s".formatted(head, command, what));
  }

  private static void bar(RoundTable table, String name, double accuracy, String note) {
    int full = (int) Math.round(accuracy * 40);
    table.line(
        "%-11s %.4f  %s%s  %s"
            .formatted(name, accuracy, "█".repeat(full), "░".repeat(40 - full), note));
  }
}
