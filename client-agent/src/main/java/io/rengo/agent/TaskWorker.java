package io.rengo.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.rengo.core.FormatException;
import io.rengo.core.Layout;
import io.rengo.core.MetricSums;
import io.rengo.core.Safetensors;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import io.rengo.protocol.TrainingSpec;
import io.rengo.protocol.UpdateManifest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does one task: fetches the model, evaluates it on the hold-out, trains it, and puts the change
/// of the parameters and, last, the manifest that announces it.
public final class TaskWorker {
  /// What a member brings to its tasks.
  ///
  /// @param trainers the trainers by name
  /// @param settings the member's own settings of a trainer, by its name
  /// @param data the member's data, read when it is first asked for
  /// @param scratch folder for the trainers' files
  /// @param slots bounds how many members of one process work at once
  public record Member(
      Map<String, TrainerProvider> trainers,
      Map<String, JsonNode> settings,
      Supplier<MemberData> data,
      Path scratch,
      Slots slots) {}

  private static final Logger LOG = LoggerFactory.getLogger(TaskWorker.class);

  private static final RetryPolicy<Object> RETRY =
      RetryPolicy.builder()
          .handleIf(e -> e instanceof RengoException r && r.code() == ErrorCode.SERVICE_UNAVAILABLE)
          .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(20))
          .withJitter(0.3)
          .withMaxRetries(8)
          .build();

  private final Ports ports;
  private final Member member;
  private Optional<Opened> opened = Optional.empty();

  /// The trainer of the job at hand, kept from one round to the next.
  private record Opened(String job, Layout layout, Trainer trainer) {}

  public TaskWorker(Ports ports, Member member) {
    this.ports = ports;
    this.member = member;
  }

  /// Does the task, unless its deadline is over. Throws [RengoException] where it cannot be done.
  public void work(Task task) {
    if (ports.clock().instant().isAfter(task.deadline())) {
      LOG.warn("round {} of job {} is over, its task is left", task.round(), task.job());
      return;
    }
    try (var slot = member.slots().take()) {
      Instant begin = ports.clock().instant();
      Opened job = open(task);
      float[] model = fetch(task, job.layout());
      MetricSums evaluation = job.trainer().evaluate(model);
      switch (task.purpose()) {
        case EVALUATE ->
            announce(task, job, Optional.empty(), evaluation.examples(), 0, 0, evaluation, begin);
        case TRAIN -> {
          LocalUpdate update = job.trainer().train(model, settings(task));
          announce(
              task,
              job,
              Optional.of(put(task, job.layout(), model, update.parameters())),
              update.examples(),
              update.steps(),
              update.loss(),
              evaluation,
              begin);
        }
      }
    }
  }

  private Opened open(Task task) {
    Opened job =
        opened
            .filter(present -> present.job().equals(task.job()))
            .orElseGet(() -> {
              opened.ifPresent(former -> former.trainer().close());
              Layout layout = task.modelSpec().layout();
              return new Opened(task.job(), layout, trainer(task, layout));
            });
    opened = Optional.of(job);
    return job;
  }

  private Trainer trainer(Task task, Layout layout) {
    String name = task.training().trainer();
    return Optional.ofNullable(member.trainers().get(name))
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.TASK_INVALID,
                "this agent has no trainer «" + name + "»",
                "training.trainer of job " + task.job(),
                "Use one of " + member.trainers().keySet()))
        .open(
            new TrainerProvider.Context(
                Json.tree(task.modelSpec()),
                task.training().settings(),
                member.settings().getOrDefault(name, JsonNodeFactory.instance.objectNode()),
                layout,
                member.data(),
                member.scratch()));
  }

  private float[] fetch(Task task, Layout layout) {
    ByteBuffer file =
        again(() -> ports.objects().get(task.model().key()))
            .orElseThrow(() ->
                new RengoException(
                    ErrorCode.OBJECT_MISSING,
                    "the model is not there",
                    task.model().key(),
                    "The job may have been removed; the task is dropped"))
            .content();
    try {
      return Safetensors.read(file, layout);
    } catch (FormatException e) {
      throw new RengoException(
          ErrorCode.TASK_INVALID,
          "the model cannot be read: " + e.getMessage(),
          task.model().key(),
          "Let the agent and the deployment run the same version of Rengo",
          e);
    }
  }

  private static LocalTraining settings(Task task) {
    TrainingSpec spec = task.training();
    return new LocalTraining(
        spec.epochs(),
        spec.batchSize(),
        spec.optimizer(),
        spec.learningRate(),
        spec.momentum(),
        spec.proximalMu(),
        spec.clipNorm(),
        task.seed());
  }

  private UpdateManifest.Payload put(Task task, Layout layout, float[] received, float[] trained) {
    float[] delta = new float[received.length];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = trained[i] - received[i];
    }
    ByteBuffer file = Safetensors.write(layout, Map.of(), delta);
    String hash = sha256(file);
    String key = new ObjectKeys(task.job()).payload(task.round(), task.member(), hash);
    again(() -> ports.objects().putOnce(key, file));
    return new UpdateManifest.Payload(hash, file.remaining());
  }

  private void announce(
      Task task,
      Opened job,
      Optional<UpdateManifest.Payload> payload,
      long examples,
      long steps,
      double loss,
      MetricSums evaluation,
      Instant begin) {
    double seconds = Duration.between(begin, ports.clock().instant()).toMillis() / 1e3;
    UpdateManifest manifest =
        new UpdateManifest(
            UpdateManifest.VERSION,
            task.job(),
            task.round(),
            task.member(),
            task.model().version(),
            job.layout().hash(),
            payload,
            examples,
            steps,
            loss,
            evaluation,
            seconds);
    String key = new ObjectKeys(task.job()).manifest(task.round(), task.member());
    var put = again(() -> ports.objects().putOnce(key, Json.bytes(manifest)));
    LOG.info(
        "round {} of job {}: {} examples, {} s, update {}",
        task.round(),
        task.job(),
        examples,
        seconds,
        put);
  }

  private static <T> T again(Supplier<T> call) {
    try {
      return call.get();
    } catch (RengoException e) {
      return Failsafe.with(RETRY).get(call::get);
    }
  }

  private static String sha256(ByteBuffer content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(content.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
