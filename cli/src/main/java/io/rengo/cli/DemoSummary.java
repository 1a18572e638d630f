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
    String job = outcome.state().job();
    table.line(
        """
        next    rengo watch %s        its rounds again
                rengo init my-job                     a job file of your own, ready to run
                rengo run examples/digits/job.yaml --members 50 --rounds 20
                rengo doctor                          what else this machine can do\
        """
            .formatted(job));
  }

  private static void bar(RoundTable table, String name, double accuracy, String note) {
    int full = (int) Math.round(accuracy * 40);
    table.line(
        "%-11s %.4f  %s%s  %s"
            .formatted(name, accuracy, "█".repeat(full), "░".repeat(40 - full), note));
  }
}
