package io.rengo.lambdas;

import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.Refusal;
import java.util.List;
import java.util.Optional;

/// Cuts the model into shards and weighs the updates, without those that are excluded.
final class PlanTiles implements Step<PlanTiles.Input, PlanTiles.Output> {
  /// @param exclude members whose update has values that are not finite
  record Input(String job, int round, int revision, List<String> exclude) {}

  /// @param plan the object that holds the plan; empty where there are not enough updates
  /// @param reason why there are not; empty otherwise
  record Output(boolean enough, String plan, int shards, String reason) {}

  private final Ports ports;

  PlanTiles(Ports ports) {
    this.ports = ports;
  }

  @Override
  public Output run(Input input) {
    Job job = Job.load(ports, input.job());
    input.exclude().forEach(member -> refuse(input, member));
    Accepted accepted =
        Accepted.load(ports.objects(), job.keys().accepted(input.round())).without(input.exclude());
    int quorum = job.spec().rounds().quorum();
    if (accepted.updates().size() < quorum) {
      return new Output(false, "", 0, CloseRound.shortfall(accepted.updates().size(), quorum));
    }
    String key = job.keys().plan(input.round(), input.revision());
    Plan plan =
        ports
            .objects()
            .get(key)
            .map(object -> Json.read(object.content(), Plan.class, key))
            .orElseGet(() -> make(job, input, accepted.updates(), key));
    return new Output(true, key, plan.shards().count(), "");
  }

  private Plan make(Job job, Input input, List<AcceptedUpdate> updates, String key) {
    ModelRef base = Job.progress(ports, input.job()).model();
    Shards shards = Shards.of(job.layout().size(), job.spec().aggregation().shardBytes());
    List<Plan.Row> rows =
        updates.stream()
            .map(update ->
                new Plan.Row(
                    update.member(),
                    update.payloadKey(),
                    update.sealed(),
                    update.dataOffset(),
                    weight(update, job)))
            .toList();
    Plan plan =
        new Plan(
            input.job(),
            input.round(),
            input.revision(),
            base.version(),
            base.key(),
            base.size() - job.layout().size() * Float.BYTES,
            ports.objects().openUpload(job.keys().model(base.version() + 1)),
            shards,
            rows);
    return Job.putOnce(ports.objects(), key, plan, Plan.class);
  }

  private static double weight(AcceptedUpdate update, Job job) {
    return switch (job.spec().aggregation().rule()) {
      case MEAN -> Math.min(update.examples(), job.spec().aggregation().maxExamples());
    };
  }

  private void refuse(Input input, String member) {
    Refusal refusal =
        new Refusal(member, ErrorCode.NON_FINITE, "the update has values that are not finite");
    ports
        .records()
        .commit(
            List.of(
                new Change.Create(
                    RecordKeys.refused(input.job(), input.round(), member, "fold"),
                    Json.write(refusal),
                    Optional.empty())));
  }
}
