package io.rengo.cdk;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/// All stacks of a federation, from the most to the least lasting.
record Stacks(
    StorageStack storage,
    IdentityStack identity,
    ComputeStack compute,
    WorkflowStack workflow,
    ObservabilityStack observability,
    Optional<TrainerFleetStack> trainers,
    Optional<CombinerStack> combiner) {
  static Stacks of(App app) {
    Settings settings = Settings.from(app.getNode());
    StorageStack storage = new StorageStack(app, settings);
    IdentityStack identity = new IdentityStack(app, settings, storage);
    ComputeStack compute = new ComputeStack(app, settings, storage);
    WorkflowStack workflow = new WorkflowStack(app, settings, storage);
    ObservabilityStack observability = new ObservabilityStack(app, settings, storage);
    Optional<TrainerFleetStack> trainers =
        GpuFleet.of(settings).map(fleet -> new TrainerFleetStack(app, settings, fleet, storage));
    // A definition may call a step that is new; all else meets by name, when a job runs.
    workflow.addStackDependency(compute);
    trainers.ifPresent(fleet -> fleet.addStackDependency(identity));
    Optional<CombinerStack> combiner =
        Combiner.of(settings).map(asked -> new CombinerStack(app, settings, asked, storage));
    combiner.ifPresent(agent -> agent.addStackDependency(workflow));
    return new Stacks(storage, identity, compute, workflow, observability, trainers, combiner);
  }

  /// How an application of these stacks is made: its templates hold nothing but what is written
  /// here, so that they are the same bytes at each synthesis.
  static AppProps.Builder app() {
    return AppProps.builder()
        .analyticsReporting(false)
        .treeMetadata(false)
        .stackTraces(false)
        .context(FeatureFlags.ALL);
  }

  List<Part> all() {
    Stream<Part> always = Stream.of(storage, identity, compute, workflow, observability);
    return Stream.concat(always, Stream.concat(trainers.stream(), combiner.stream())).toList();
  }
}
