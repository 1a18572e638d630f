package io.rengo.agent.region;

import io.rengo.agent.ModelSource;
import io.rengo.agent.Patience;
import io.rengo.agent.Slots;
import io.rengo.agent.Worker;
import io.rengo.agent.state.MemoryModel;
import io.rengo.agent.update.Pipeline;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RegionSum;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundReport.Outcome;
import io.rengo.protocol.Task;
import io.rengo.protocol.UpdateManifest;
import io.rengo.protocol.UpdateManifest.Payload;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does a task of the federation above by a round of the region's own federation: brings the model
/// down, has the region's workflow run, and sends the mean of its members' updates upwards as any
/// member sends its update, with the examples of all of them. A region whose round is abandoned
/// declines.
public final class Combiner implements Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Combiner.class);

  private final Ports above;
  private final ModelSource models;
  private final ObjectStore objects;
  private final RegionWorkflow workflow;
  private final Pipeline pipeline;

  /// @param above the ports of the federation that the region is a member of
  /// @param region the ports of the region's own federation; its workflow is that of regions
  /// @param pipeline what becomes of the mean until it is sent
  /// @param pause waits a moment for the region's round
  public Combiner(Ports above, Ports region, Pipeline pipeline, Runnable pause) {
    this.above = above;
    this.models = new ModelSource(above.objects(), new MemoryModel());
    this.objects = region.objects();
    this.workflow = new RegionWorkflow(region.workflow(), above.clock(), pause);
    this.pipeline = pipeline;
  }

  @Override
  public void work(Task task, Slots.Slot slot) {
    Instant begin = above.clock().instant();
    if (begin.isAfter(task.deadline())) {
      LOG.warn("round {} of job {} is over, its task is left", task.round(), task.job());
      return;
    }
    Layout layout = task.modelSpec().layout();
    workflow.run(task, () -> bring(task, layout));
    RegionSum sum = sum(task);
    if (sum.outcome() == Outcome.ABANDONED || sum.examples() == 0) {
      throw new RengoException(
          ErrorCode.QUORUM_MISSED,
          "the region's round came to nothing: " + sum.reason(),
          "round %d of job %s in region %s".formatted(task.round(), task.job(), task.member()),
          "See which of the region's members answer; the federation goes on without the region");
    }
    Optional<Payload> payload =
        task.purpose() == Purpose.TRAIN ? Optional.of(send(task, layout)) : Optional.empty();
    pipeline.announce(task, manifest(task, layout, sum, payload, begin));
    LOG.info(
        "round {} of job {}: {} members, {} examples",
        task.round(),
        task.job(),
        sum.members(),
        sum.examples());
  }

  @Override
  public void decline(Task task, ErrorCode why) {
    pipeline.announce(task, UpdateManifest.declining(task, why));
  }

  /// Copies the model into the region's store, under the key that it has above.
  private ModelRef bring(Task task, Layout layout) {
    ModelRef model = task.model();
    String key = new ObjectKeys(task.job()).model(model.version());
    ByteBuffer file = models.file(task, layout);
    Patience.again(() -> objects.putOnce(key, file));
    return new ModelRef(model.version(), key, file.remaining(), model.layoutHash(), model.hash());
  }

  private RegionSum sum(Task task) {
    String key = new ObjectKeys(task.job()).regionSum(task.round());
    return Json.read(content(key), RegionSum.class, key);
  }

  private Payload send(Task task, Layout layout) {
    String key = new ObjectKeys(task.job()).regionMean(task.round());
    return pipeline
        .send(task, layout, Safetensors.read(content(key), layout), new float[0])
        .payload();
  }

  private ByteBuffer content(String key) {
    return Patience.again(() -> objects.get(key))
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.OBJECT_MISSING,
                "the region's round has left nothing there",
                key,
                "See the execution of the region's state machine"))
        .content();
  }

  private UpdateManifest manifest(
      Task task, Layout layout, RegionSum sum, Optional<Payload> payload, Instant begin) {
    return new UpdateManifest(
        UpdateManifest.VERSION,
        task.job(),
        task.round(),
        task.member(),
        task.model().version(),
        layout.hash(),
        payload,
        sum.examples(),
        sum.steps(),
        sum.loss(),
        sum.evaluation(),
        Duration.between(begin, above.clock().instant()).toMillis() / 1e3);
  }
}
