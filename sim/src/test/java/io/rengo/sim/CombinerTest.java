package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.agent.Slots;
import io.rengo.agent.region.Combiner;
import io.rengo.agent.state.MemoryState;
import io.rengo.agent.update.Pipeline;
import io.rengo.agent.update.Protection;
import io.rengo.agent.update.Seal;
import io.rengo.core.Layout;
import io.rengo.core.MetricSums;
import io.rengo.core.Safetensors;
import io.rengo.local.LocalKeys;
import io.rengo.local.ManualTime;
import io.rengo.local.MemoryObjectStore;
import io.rengo.local.MemoryRecordStore;
import io.rengo.local.MemoryTaskQueue;
import io.rengo.protocol.Downlink;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RegionRound;
import io.rengo.protocol.RegionSum;
import io.rengo.protocol.RegionTask;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundReport.Outcome;
import io.rengo.protocol.Task;
import io.rengo.protocol.Trust;
import io.rengo.protocol.UpdateManifest;
import io.rengo.protocol.UpdateSpec;
import io.rengo.protocol.Workflow;
import io.rengo.protocol.trust.Signer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CombinerTest {
  private static final ObjectKeys KEYS = new ObjectKeys("j");
  private static final JobSpec SPEC =
      JobFile.parse(
          "seed: 1\nmodel: {kind: mlp, layers: [1, 1]}\nregions: {deadline: 1m}\n", "job.yaml");
  private static final Layout LAYOUT = SPEC.model().layout();

  private final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final Slots slots = new Slots(2);
  private final Script workflow = new Script();
  private final Ports above = ports(new Script());
  private final Ports region = ports(workflow);
  private final Combiner combiner =
      new Combiner(
          above,
          region,
          new Pipeline(
              above.objects(), new MemoryState(), Protection.inOrder(List.of()), Seal.plain()),
          () -> time.advance(Duration.ofMinutes(1)));

  CombinerTest() {
    above.objects().putOnce(KEYS.model(0), Safetensors.write(LAYOUT, Map.of(), new float[] {1, 2}));
  }

  @Test
  void taskThatIsDoneTwiceRunsTheRegionsRoundOnceAndCountsOnce() {
    workflow.then(new Workflow.Status.Running());
    workflow.then(new Workflow.Status.Succeeded(Json.MAPPER.createObjectNode()));
    answer(Outcome.PUBLISHED, 30);

    combiner.work(task(SPEC), slots.take());
    combiner.work(task(SPEC), slots.take());

    assertThat(workflow.started).hasSize(1);
    assertThat(workflow.started.getFirst().model().key()).isEqualTo(KEYS.model(0));
    assertThat(region.objects().head(KEYS.model(0))).isPresent();
    UpdateManifest manifest = manifest();
    assertThat(manifest.examples()).isEqualTo(30);
    assertThat(above.objects().list(KEYS.updates(3))).hasSize(2);
    String payload = KEYS.payload(3, "north", manifest.payload().orElseThrow().sha256());
    assertThat(Safetensors.read(above.objects().get(payload).orElseThrow().content(), LAYOUT))
        .containsExactly(0.5f, -0.25f);
  }

  @Test
  void abandonedRoundSendsNothing() {
    workflow.then(new Workflow.Status.Succeeded(Json.MAPPER.createObjectNode()));
    answer(Outcome.ABANDONED, 0);

    refused(ErrorCode.QUORUM_MISSED, SPEC);
  }

  @Test
  void failedExecutionSendsNothing() {
    workflow.then(new Workflow.Status.Failed("JOB_INVALID", "too many members"));

    refused(ErrorCode.QUORUM_MISSED, SPEC);
  }

  @Test
  void regionThatIsNotDoneAtTheRoundsEndSendsNothing() {
    workflow.then(new Workflow.Status.Running());

    refused(ErrorCode.QUORUM_MISSED, SPEC);
  }

  @Test
  void jobThatIsNotForRegionsIsRefused() {
    refused(
        ErrorCode.TASK_INVALID, JobFile.parse("model: {kind: mlp, layers: [1, 1]}", "job.yaml"));
    assertThat(workflow.started).isEmpty();
  }

  private void refused(ErrorCode code, JobSpec spec) {
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> combiner.work(task(spec), slots.take()))
        .matches(e -> e.code() == code);
    assertThat(above.objects().list(KEYS.updates(3))).isEmpty();
  }

  private void answer(Outcome outcome, long examples) {
    region
        .objects()
        .putOnce(
            KEYS.regionSum(3),
            Json.bytes(new RegionSum(outcome, 2, examples, 4, 0.5, MetricSums.ZERO, "why")));
    region
        .objects()
        .putOnce(
            KEYS.regionMean(3), Safetensors.write(LAYOUT, Map.of(), new float[] {0.5f, -0.25f}));
  }

  private UpdateManifest manifest() {
    String key = KEYS.manifest(3, "north");
    return Json.read(above.objects().get(key).orElseThrow().content(), UpdateManifest.class, key);
  }

  private Task task(JobSpec spec) {
    return new Task(
        Task.VERSION,
        "world",
        "j",
        3,
        "north",
        Purpose.TRAIN,
        new ModelRef(0, KEYS.model(0), 8, LAYOUT.hash(), "hash"),
        spec.model(),
        spec.training(),
        new UpdateSpec(spec.algorithm(), spec.encoding(), 0),
        5,
        Instant.parse("2026-01-01T01:00:00Z"),
        3,
        1L << 26,
        Trust.NONE,
        Optional.empty(),
        RegionTask.of(spec, 1),
        Optional.empty(),
        Downlink.FULL,
        Optional.empty());
  }

  private Ports ports(Workflow started) {
    return new Ports(
        new MemoryObjectStore(),
        new MemoryTaskQueue(time),
        new MemoryRecordStore(time),
        started,
        LocalKeys.inMemory(),
        Signer.none(),
        time);
  }

  /// A workflow whose executions go as they are told; the last status stays.
  private static final class Script implements Workflow {
    private final List<RegionRound> started = new ArrayList<>();
    private final List<Status> next = new ArrayList<>();

    void then(Status status) {
      next.add(status);
    }

    @Override
    public void start(String name, JsonNode input) {
      assertThat(name).isEqualTo("j-region-3");
      started.add(Json.read(input, RegionRound.class, name));
    }

    @Override
    public Optional<Status> describe(String name) {
      return started.isEmpty()
          ? Optional.empty()
          : Optional.of(next.size() > 1 ? next.removeFirst() : next.getFirst());
    }

    @Override
    public boolean succeed(String token, JsonNode output) {
      return false;
    }

    @Override
    public void stop(String name, String cause) {}

    @Override
    public List<Execution> list() {
      return List.of();
    }
  }
}
