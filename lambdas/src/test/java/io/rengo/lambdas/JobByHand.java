package io.rengo.lambdas;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.RoundReport.Outcome;
import io.rengo.protocol.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Runs the steps of a job one after another, as the state machines do.
final class JobByHand {
  static final String SMALL =
      """
      seed: 7
      model: {kind: mlp, layers: [3, 2]}
      rounds: {count: 2, quorum: 2, deadline: 1h}
      server-optimizer: {name: fedadam}
      """;

  /// 3,000,000 parameters: three shards of 5 MiB, or one.
  static final String LARGE =
      """
      seed: 3
      model:
        kind: tensors
        tensors:
          - {name: a, shape: [1000, 1500], init: he}
          - {name: b, shape: [1500000], init: zeros}
      rounds: {quorum: 2}
      """;

  final Place place;
  private final Runner runner;

  JobByHand(Place place, Runner runner) {
    this.place = place;
    this.runner = runner;
  }

  /// A job that is started, over a place of its own.
  static JobByHand started(String file) {
    return started(file, Trust.NONE);
  }

  /// The same with demands on updates.
  static JobByHand started(String file, Trust trust) {
    JobByHand job = new JobByHand(new Place(), Runner.once());
    job.start(file, trust);
    return job;
  }

  private <O> O step(Function<Ports, O> step) {
    return runner.run(place.ports, step);
  }

  StartJob.Output start(String file) {
    return start(file, Trust.NONE);
  }

  private StartJob.Output start(String file, Trust trust) {
    ObjectNode input = JsonNodeFactory.instance.objectNode().put("file", file);
    return step(ports ->
        new StartJob(ports, trust, Place.VERSIONS)
            .run(new StartJob.Input(Place.JOB, input, Place.MEMBERS)));
  }

  Decide.Output decide() {
    return step(ports -> new Decide(ports).run(new Decide.Input(Place.JOB)));
  }

  SelectCohort.Output open(int round) {
    return open(round, Purpose.TRAIN);
  }

  SelectCohort.Output open(int round, Purpose purpose) {
    SelectCohort.Output cohort =
        step(ports ->
            new SelectCohort(ports).run(new SelectCohort.Input(Place.JOB, round, purpose)));
    step(ports ->
        new DispatchTasks(ports, Place.FEDERATION, false)
            .run(new DispatchTasks.Input(Place.JOB, round)));
    step(
        ports -> new OpenRound(ports).run(new OpenRound.Input(Place.JOB, round, "token-" + round)));
    return cohort;
  }

  ObjectNode deliver(ObjectNode... messages) {
    return step(ports ->
        new AcceptUpdate(ports, Place.FEDERATION, place.authority, place.meter)
            .run(Events.batch(messages)));
  }

  /// A good update of each of these members.
  void answer(int round, List<String> members) {
    members.forEach(member -> deliver(TestUpdate.of(place, round, member).send()));
  }

  CloseRound.Output close(int round) {
    return step(ports -> new CloseRound(ports).run(new CloseRound.Input(Place.JOB, round)));
  }

  PlanTiles.Output plan(int round, int revision, List<String> exclude) {
    return step(ports ->
        new PlanTiles(ports).run(new PlanTiles.Input(Place.JOB, round, revision, exclude)));
  }

  MeasureTiles.Output measure(String plan, int shard) {
    return step(ports -> new MeasureTiles(ports).run(new MeasureTiles.Input(plan, shard)));
  }

  WeighUpdates.Output weigh(String plan) {
    return step(ports -> new WeighUpdates(ports).run(new WeighUpdates.Input(plan)));
  }

  FoldTiles.Output fold(String plan, int tile) {
    return step(ports -> new FoldTiles(ports).run(new FoldTiles.Input(plan, tile)));
  }

  private void merge(PlanTiles.Output plan) {
    for (int level = 1; level <= plan.merges().size(); level++) {
      for (int sum = 0; sum < plan.merges().get(level - 1); sum++) {
        MergeTiles.Input input = new MergeTiles.Input(plan.plan(), level, sum);
        step(ports -> new MergeTiles(ports).run(input));
      }
    }
  }

  StepShards.Output stepShard(String plan, int shard) {
    return step(ports -> new StepShards(ports).run(new StepShards.Input(plan, shard)));
  }

  RoundReport record(int round, Outcome outcome, List<String> exclude, String reason) {
    return record(round, outcome, exclude, reason, "");
  }

  private RoundReport record(
      int round, Outcome outcome, List<String> exclude, String reason, String plan) {
    RecordRound.Output output =
        step(ports ->
            new RecordRound(ports, Place.VERSIONS, report -> {})
                .run(new RecordRound.Input(Place.JOB, round, outcome, exclude, reason, plan)));
    return Json.read(place.bytes(output.report()), RoundReport.class, output.report());
  }

  /// From a closed round to its record.
  RoundReport aggregate(int round) {
    List<String> exclude = new ArrayList<>();
    for (int revision = 0; ; revision++) {
      PlanTiles.Output plan = plan(round, revision, List.copyOf(exclude));
      if (!plan.enough()) {
        return record(round, Outcome.ABANDONED, exclude, plan.reason());
      }
      List<String> nonFinite =
          plan.measure()
              ? nonFinite(plan, plan.shards(), (key, shard) -> measure(key, shard).nonFinite())
              : List.of();
      if (plan.measure() && nonFinite.isEmpty()) {
        WeighUpdates.Output weights = weigh(plan.plan());
        if (!weights.enough()) {
          return record(round, Outcome.ABANDONED, exclude, weights.reason(), plan.plan());
        }
      }
      if (nonFinite.isEmpty()) {
        List<FoldTiles.Output> folds =
            IntStream.range(0, plan.tiles()).mapToObj(tile -> fold(plan.plan(), tile)).toList();
        nonFinite = folds.stream().flatMap(fold -> fold.nonFinite().stream()).distinct().toList();
        if (nonFinite.isEmpty()) {
          merge(plan);
          publish(plan, folds.stream().flatMap(fold -> fold.parts().stream()).toList());
          return record(round, Outcome.PUBLISHED, exclude, "", plan.plan());
        }
      }
      exclude.addAll(nonFinite);
    }
  }

  private static List<String> nonFinite(
      PlanTiles.Output plan, int pieces, BiFunction<String, Integer, List<String>> step) {
    return IntStream.range(0, pieces)
        .mapToObj(piece -> step.apply(plan.plan(), piece))
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  private void publish(PlanTiles.Output plan, List<StepShards.Output> stepped) {
    List<StepShards.Output> parts =
        stepped.isEmpty()
            ? IntStream.range(0, plan.shards())
                .mapToObj(shard -> stepShard(plan.plan(), shard))
                .toList()
            : stepped;
    step(ports -> new PublishModel(ports).run(new PublishModel.Input(plan.plan(), parts)));
  }

  /// A round in which everyone answers well.
  RoundReport round(int round) {
    open(round);
    answer(round, Place.MEMBERS);
    close(round);
    return aggregate(round);
  }

  /// The whole job, in which everyone answers well.
  FinishJob.Output run(String file) {
    start(file);
    Decide.Output decision = decide();
    while (decision.next().equals("round")) {
      int round = decision.round();
      open(round, decision.purpose());
      answer(round, Place.MEMBERS);
      close(round);
      if (decision.purpose() == Purpose.EVALUATE) {
        record(round, Outcome.EVALUATED, List.of(), "");
      } else {
        aggregate(round);
      }
      decision = decide();
    }
    return finish(decision);
  }

  FinishJob.Output finish(Decide.Output decision) {
    return step(ports ->
        new FinishJob(ports)
            .run(new FinishJob.Input(Place.JOB, decision.state(), decision.reason())));
  }
}
