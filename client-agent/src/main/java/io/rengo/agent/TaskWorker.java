package io.rengo.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.agent.privacy.MemberBudget;
import io.rengo.agent.state.KeptModel;
import io.rengo.agent.state.MemberState;
import io.rengo.agent.update.Delta;
import io.rengo.agent.update.Pipeline;
import io.rengo.core.MetricSums;
import io.rengo.protocol.AuditCounts;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import io.rengo.protocol.UpdateManifest;
import io.rengo.protocol.UpdateManifest.Payload;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does one task: fetches the model, evaluates it on the hold-out, trains it, and puts the change
/// of the parameters and, last, the manifest that announces it.
public final class TaskWorker implements Worker {
  /// What a member brings to its tasks.
  ///
  /// @param trainers the trainers by name
  /// @param settings the member's own settings of a trainer, by its name
  /// @param data the member's data, read when it is first asked for
  /// @param scratch folder for the trainers' files
  /// @param state what the member keeps from one round to the next
  /// @param budget the member's account of what its updates cost its privacy
  /// @param shared the model that the members of one process train
  /// @param kept the model that was fetched last
  public record Member(
      Map<String, TrainerProvider> trainers,
      Map<String, JsonNode> settings,
      Supplier<MemberData> data,
      Path scratch,
      MemberState state,
      SharedModel shared,
      KeptModel kept,
      MemberBudget budget) {}

  private static final Logger LOG = LoggerFactory.getLogger(TaskWorker.class);

  private final Ports ports;
  private final Member member;
  private final Trainers trainers;
  private final ModelSource models;
  private final VectorTraining vectors;
  private final Pipeline pipeline;
  private final MemoryAudit audit;

  /// @param pipeline what becomes of a training's result until it is sent
  public TaskWorker(Ports ports, Member member, Pipeline pipeline) {
    this.ports = ports;
    this.member = member;
    this.trainers = new Trainers(member);
    this.models = new ModelSource(ports.objects(), member.kept());
    this.vectors = new VectorTraining(models, member.state());
    this.pipeline = pipeline;
    this.audit = new MemoryAudit(member, trainers);
  }

  /// Unless its deadline is over.
  @Override
  public void work(Task task, Slots.Slot slot) {
    if (ports.clock().instant().isAfter(task.deadline())) {
      LOG.warn("round {} of job {} is over, its task is left", task.round(), task.job());
      return;
    }
    Instant begin = ports.clock().instant();
    Trainers.Opened job = trainers.of(task);
    float[] model = member.shared().of(task.model(), () -> models.fetch(task, job.layout()));
    MetricSums evaluation =
        task.privacy().isPresent() || task.purpose() == Purpose.AUDIT
            ? MetricSums.ZERO
            : job.trainer().evaluate(model);
    Work work =
        switch (task.purpose()) {
          case EVALUATE ->
              new Work(
                  Optional.empty(),
                  evaluation.examples(),
                  0,
                  0,
                  evaluation,
                  Optional.empty(),
                  Optional.empty());
          case AUDIT -> audited(audit.audit(task, job.layout(), model));
          case TRAIN -> trainOrDecline(task, job, model, evaluation, slot);
        };
    announce(task, job.layout().hash(), work, begin);
  }

  @Override
  public void decline(Task task, ErrorCode why) {
    pipeline.announce(task, UpdateManifest.declining(task, why));
  }

  private static Work audited(AuditCounts counts) {
    return new Work(
        Optional.empty(),
        Math.max(1, counts.training().examples()),
        0,
        0,
        MetricSums.ZERO,
        Optional.empty(),
        Optional.of(counts));
  }

  /// What it gives, or that the member has spent what it may of its privacy: an answer too, so that
  /// nobody waits for it.
  private Work trainOrDecline(
      Task task, Trainers.Opened job, float[] model, MetricSums evaluation, Slots.Slot slot) {
    try {
      return train(task, job, model, evaluation, slot);
    } catch (RengoException e) {
      if (e.code() != ErrorCode.PRIVACY_SPENT || task.privacy().isEmpty()) {
        throw e;
      }
      LOG.warn("round {} of job {} is declined: {}", task.round(), task.job(), e.getMessage());
      double epsilon = member.budget().epsilon(task.job(), task.privacy().get());
      return new Work(
          Optional.empty(), 1, 0, 0, MetricSums.ZERO, Optional.of(epsilon), Optional.empty());
    }
  }

  private Work train(
      Task task, Trainers.Opened job, float[] model, MetricSums evaluation, Slots.Slot slot) {
    LocalTraining settings = LocalTraining.of(task);
    Optional<Double> spent = settings.privacy().map(privacy -> spend(task, privacy, settings));
    VectorTraining.Result result = trained(task, job.trainer(), model);
    LocalUpdate update = result.update();
    float[] delta = Delta.of(model, update.parameters(), slot.memory(model.length));
    Pipeline.Sent sent = pipeline.send(task, job.layout(), delta, result.vector());
    audit.readFirst(task, sent.delta());
    Payload payload = sent.payload();
    if (task.privacy().filter(privacy -> !privacy.central()).isPresent()) {
      Optional<Double> epsilon =
          spent.or(() -> Optional.of(member.budget().epsilon(task.job(), task.privacy().get())));
      return new Work(Optional.of(payload), 1, 0, 0, MetricSums.ZERO, epsilon, Optional.empty());
    }
    return new Work(
        Optional.of(payload),
        update.examples(),
        update.steps(),
        update.loss(),
        evaluation,
        Optional.empty(),
        Optional.empty());
  }

  /// Books a training that hides examples, before it begins.
  private double spend(Task task, PrivateTraining privacy, LocalTraining settings) {
    int examples = member.data().get().training().count();
    task.privacy().orElseThrow().checkExamples(examples);
    return member
        .budget()
        .spend(
            task.job(),
            task.privacy().orElseThrow(),
            privacy.cost(examples, settings.batchSize(), settings.epochs()));
  }

  private VectorTraining.Result trained(Task task, Trainer trainer, float[] model) {
    return task.update().algorithm().keepsVectors()
        ? vectors.train(task, trainer, model)
        : new VectorTraining.Result(trainer.train(model, LocalTraining.of(task)), new float[0]);
  }

  private void announce(Task task, String layoutHash, Work work, Instant begin) {
    double seconds = Duration.between(begin, ports.clock().instant()).toMillis() / 1e3;
    UpdateManifest manifest =
        new UpdateManifest(
            UpdateManifest.VERSION,
            task.job(),
            task.round(),
            task.member(),
            task.model().version(),
            layoutHash,
            work.payload(),
            work.examples(),
            work.steps(),
            work.loss(),
            work.evaluation(),
            seconds,
            work.epsilon(),
            work.audit(),
            Optional.empty(),
            Optional.empty());
    var put = pipeline.announce(task, manifest);
    LOG.info(
        "round {} of job {}: {} examples, {} s, update {}",
        task.round(),
        task.job(),
        work.examples(),
        seconds,
        put);
  }
}
