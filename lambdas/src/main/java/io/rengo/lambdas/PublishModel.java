package io.rengo.lambdas;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectStore.StoredObject;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RengoException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes one object of the uploaded parts and points to it as the newest model; a region's mean is
/// none.
final class PublishModel implements Step<PublishModel.Input, ModelRef> {
  record Input(String plan, List<StepShards.Output> parts) {}

  private static final Logger LOG = LoggerFactory.getLogger(PublishModel.class);

  private final Ports ports;

  PublishModel(Ports ports) {
    this.ports = ports;
  }

  @Override
  public ModelRef run(Input input) {
    Plan plan = Plan.load(ports.objects(), input.plan());
    Job job = Job.load(ports, plan.job());
    List<StepShards.Output> parts = sorted(input);
    String key = job.product(plan.round(), plan.newVersion());
    if (!isThere(key) && !complete(plan, key, () -> etags(parts))) {
      LOG.warn("a part of {} was uploaded again since it was told", key);
      Conflicts.retry(() -> completeWithLast(plan, key) ? Optional.of(key) : Optional.empty(), key);
    }
    ModelRef model =
        new ModelRef(
            plan.newVersion(),
            key,
            StepShards.header(job, plan).remaining() + job.layout().size() * Float.BYTES,
            job.layout().hash(),
            Shards.hash(parts.stream().map(StepShards.Output::hash).toList()));
    return job.region() ? model : point(ports, job.keys().latestModel(), model);
  }

  private boolean isThere(String key) {
    return ports.objects().head(key).isPresent();
  }

  /// Whether the model is complete; not so where a part has another etag than was told, because a
  /// step ran twice and uploaded it again. Whoever else completes it meanwhile does it with the
  /// same bytes.
  private boolean complete(Plan plan, String key, Supplier<List<String>> etags) {
    try {
      ports.objects().completeUpload(key, plan.upload(), etags.get());
      return true;
    } catch (RengoException e) {
      if (isThere(key)) {
        return true;
      }
      if (e.code() == ErrorCode.CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  /// A step that runs again uploads the same bytes.
  private boolean completeWithLast(Plan plan, String key) {
    return isThere(key)
        || complete(plan, key, () -> ports.objects().uploadedParts(key, plan.upload()));
  }

  private static List<String> etags(List<StepShards.Output> parts) {
    return parts.stream().map(StepShards.Output::etag).toList();
  }

  private static List<StepShards.Output> sorted(Input input) {
    return input.parts().stream()
        .sorted(Comparator.comparingInt(StepShards.Output::shard))
        .toList();
  }

  /// Points to a model as the newest, unless a newer one is pointed to.
  static ModelRef point(Ports ports, String key, ModelRef model) {
    return Conflicts.retry(() -> tryToPoint(ports, key, model), key);
  }

  private static Optional<ModelRef> tryToPoint(Ports ports, String key, ModelRef model) {
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
