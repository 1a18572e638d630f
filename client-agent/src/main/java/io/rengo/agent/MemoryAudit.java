package io.rengo.agent;

import io.rengo.agent.state.MemberState;
import io.rengo.core.Initializer;
import io.rengo.core.Layout;
import io.rengo.core.MetricSums;
import io.rengo.core.SplitMix64;
import io.rengo.core.privacy.GradientInversion;
import io.rengo.core.privacy.ScoreCounts;
import io.rengo.core.privacy.SecureBits;
import io.rengo.core.privacy.ShadowModels;
import io.rengo.protocol.AuditCounts;
import io.rengo.protocol.AuditSpec;
import io.rengo.protocol.ModelSpec;
import io.rengo.protocol.Task;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/// Tries what a model remembers of the member's rows: which of them an attacker could tell from
/// rows that the model was not trained on, and what could be read off the member's first update.
/// Everything is tried here; counts leave.
final class MemoryAudit {
  private static final String READING = "reading";

  private final TaskWorker.Member member;
  private final Trainers trainers;

  MemoryAudit(TaskWorker.Member member, Trainers trainers) {
    this.member = member;
    this.trainers = trainers;
  }

  /// Notes what stands in the member's first update of a job, as it is sent.
  ///
  /// @param delta after clipping and noise
  void readFirst(Task task, float[] delta) {
    MemberState state = member.state();
    if (task.audit().isEmpty()
        || !(task.modelSpec() instanceof ModelSpec.Mlp mlp)
        || state.load(task.job(), READING, 1).isPresent()) {
      return;
    }
    MemberData data = member.data().get();
    GradientInversion update =
        GradientInversion.of(delta, mlp.layers().get(0), mlp.layers().get(1));
    double[] counts = {
      data.training().count(),
      update.read(data.training().features()),
      data.holdOut().count(),
      update.read(data.holdOut().features())
    };
    state.save(task.job(), READING, 1, counts, 0);
  }

  /// What was noted of the first update.
  private Optional<AuditCounts.Reading> reading(Task task) {
    return member
        .state()
        .load(task.job(), READING, 1)
        .filter(counts -> counts.length == 4)
        .map(counts ->
            new AuditCounts.Reading(
                (long) counts[0], (long) counts[1], (long) counts[2], (long) counts[3]));
  }

  /// Audits the task's model.
  AuditCounts audit(Task task, Layout layout, float[] model) {
    AuditSpec spec = task.audit().orElseThrow();
    MemberData data = member.data().get();
    Examples rows = together(data.training(), data.holdOut());
    Examples none = rows.select(new int[0]);
    double[] losses;
    MetricSums training;
    MetricSums others;
    try (Trainer trainer = trainers.open(task, layout, new MemberData(none, data.training()));
        Trainer held = trainers.open(task, layout, data)) {
      losses = trainer.losses(model, rows);
      training = trainer.evaluate(model);
      others = held.evaluate(model);
    }
    int count = data.training().count();
    double[] confidences = Arrays.stream(losses).map(ShadowModels::logit).toArray();
    return new AuditCounts(
        training,
        others,
        counts(confidences, count),
        spec.shadows() == 0
            ? ScoreCounts.none()
            : counts(shadows(task, spec, layout, rows, losses), count),
        reading(task));
  }

  private double[] shadows(
      Task task, AuditSpec spec, Layout layout, Examples rows, double[] losses) {
    ShadowModels shadows = new ShadowModels(rows.count(), spec.shadows(), new SecureBits());
    Examples none = rows.select(new int[0]);
    LocalTraining settings =
        LocalTraining.of(task)
            .passes(
                spec.epochs()
                    .orElse(task.training().epochs() * Math.max(1, task.model().version())));
    for (int i = 0; i < spec.shadows(); i++) {
      long seed = SplitMix64.seed(task.seed(), "shadow", Integer.toString(i));
      MemberData half = new MemberData(rows.select(shadows.rows(i)), none);
      if (half.training().count() == 0) {
        continue;
      }
      try (Trainer trainer = trainers.open(task, layout, half)) {
        float[] begin = Initializer.parameters(layout, task.modelSpec().initial(), seed);
        LocalUpdate shadow = trainer.train(begin, settings.withSeed(seed));
        shadows.trained(i, trainer.losses(shadow.parameters(), rows));
      }
    }
    return shadows.scores(losses);
  }

  private static ScoreCounts counts(double[] scores, int training) {
    return ScoreCounts.of(
        Arrays.copyOf(scores, training), Arrays.copyOfRange(scores, training, scores.length));
  }

  private static Examples together(Examples first, Examples second) {
    float[] features =
        Arrays.copyOf(first.features(), first.features().length + second.features().length);
    System.arraycopy(
        second.features(), 0, features, first.features().length, second.features().length);
    float[] targets = Arrays.copyOf(first.targets(), first.count() + second.count());
    IntStream.range(0, second.count())
        .forEach(i -> targets[first.count() + i] = second.targets()[i]);
    return new Examples(first.count() + second.count(), first.width(), features, targets);
  }
}
