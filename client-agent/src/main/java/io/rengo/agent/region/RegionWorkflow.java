package io.rengo.agent.region;

import io.rengo.agent.Patience;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.RegionRound;
import io.rengo.protocol.RegionTask;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import io.rengo.protocol.Workflow;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Runs the region's part of a round, once for each round, and waits for its end.
record RegionWorkflow(Workflow workflow, InstantSource clock, Runnable pause) {
  /// Returns when the region's execution has succeeded: the one that is there already, or a new
  /// one.
  ///
  /// @param model the model in the region's store, put there where an execution begins
  void run(Task task, Supplier<ModelRef> model) {
    String name = RegionRound.execution(task.job(), task.round());
    Optional<Workflow.Status> status = describe(name);
    if (status.isEmpty()) {
      Patience.again(() -> {
        workflow.start(name, Json.tree(round(task, model.get())));
        return true;
      });
      status = describe(name);
    }
    while (status.filter(Workflow.Status.Running.class::isInstance).isPresent()) {
      if (clock.instant().isAfter(task.deadline()) || Thread.currentThread().isInterrupted()) {
        throw failed(name, "it has not ended before the round above");
      }
      pause.run();
      status = describe(name);
    }
    switch (status.orElseThrow()) {
      case Workflow.Status.Succeeded done -> {}
      case Workflow.Status.Failed failure ->
          throw failed(name, failure.error() + ": " + failure.cause());
      case Workflow.Status.Stopped stopped -> throw failed(name, stopped.cause());
      case Workflow.Status.Running running -> throw new IllegalStateException(name);
    }
  }

  private Optional<Workflow.Status> describe(String name) {
    return Patience.again(() -> workflow.describe(name));
  }

  private static RegionRound round(Task task, ModelRef model) {
    RegionTask region =
        task.region()
            .orElseThrow(() ->
                new RengoException(
                    ErrorCode.TASK_INVALID,
                    "the job is not for regions, and this member is one",
                    "job " + task.job(),
                    "Add the section `regions` to the job file"));
    return new RegionRound(
        task.job(),
        task.round(),
        task.purpose(),
        JobFile.write(region.job(task)),
        model,
        region.members(),
        seconds(region.rounds().deadline()));
  }

  private static long seconds(Duration deadline) {
    return deadline.plusMillis(999).toSeconds();
  }

  private static RengoException failed(String name, String why) {
    return new RengoException(
        ErrorCode.QUORUM_MISSED,
        "the region's part of the round failed: " + why,
        "execution " + name,
        "See the execution of the region's state machine; the federation goes on without the"
            + " region");
  }
}
