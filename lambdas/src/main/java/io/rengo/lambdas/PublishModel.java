package io.rengo.lambdas;

import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectStore.StoredObject;
import io.rengo.protocol.Ports;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Makes one object of the uploaded parts and points to it as the newest model.
final class PublishModel implements Step<PublishModel.Input, ModelRef> {
  record Input(String plan, List<StepShards.Output> parts) {}

  private final Ports ports;

  PublishModel(Ports ports) {
    this.ports = ports;
  }

  @Override
  public ModelRef run(Input input) {
    Plan plan = Plan.load(ports.objects(), input.plan());
    Job job = Job.load(ports, plan.job());
    List<StepShards.Output> parts =
        input.parts().stream().sorted(Comparator.comparingInt(StepShards.Output::shard)).toList();
    String key = job.keys().model(plan.newVersion());
    if (ports.objects().head(key).isEmpty()) {
      ports
          .objects()
          .completeUpload(key, plan.upload(), parts.stream().map(StepShards.Output::etag).toList());
    }
    ModelRef model =
        new ModelRef(
            plan.newVersion(),
            key,
            StepShards.header(job, plan).remaining() + job.layout().size() * Float.BYTES,
            job.layout().hash(),
            Shards.hash(parts.stream().map(StepShards.Output::hash).toList()));
    return Conflicts.retry(() -> point(job.keys().latestModel(), model), key);
  }

  private Optional<ModelRef> point(String key, ModelRef model) {
    Optional<StoredObject> latest = ports.objects().get(key);
    boolean newer =
        latest
            .map(object -> Json.read(object.content(), ModelRef.class, key).version())
            .map(version -> version < model.version())
            .orElse(true);
    return !newer
            || ports
                .objects()
                .compareAndSwap(key, latest.map(StoredObject::etag), Json.bytes(model))
        ? Optional.of(model)
        : Optional.empty();
  }
}
