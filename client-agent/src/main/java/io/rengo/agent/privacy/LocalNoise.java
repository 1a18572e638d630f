package io.rengo.agent.privacy;

import io.rengo.agent.update.Protection;
import io.rengo.core.privacy.Clip;
import io.rengo.core.privacy.GridNoise;
import io.rengo.core.privacy.SampledGaussian;
import io.rengo.core.privacy.SecureBits;
import io.rengo.protocol.PrivacySpec;
import io.rengo.protocol.PrivacySpec.Mechanism;
import io.rengo.protocol.Task;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Local differential privacy: the whole update is clipped and gets the full noise before it
/// leaves, for jobs whose mechanism is `local`. Updates of other jobs pass as they are.
public final class LocalNoise implements Protection {
  private final MemberBudget budget;
  private final Supplier<RandomGenerator> random;

  /// With the system's secure generator.
  public LocalNoise(MemberBudget budget) {
    this(budget, SecureBits::new);
  }

  LocalNoise(MemberBudget budget, Supplier<RandomGenerator> random) {
    this.budget = budget;
    this.random = random;
  }

  @Override
  public float[] protect(Task task, float[] delta) {
    return task.privacy()
        .filter(privacy -> privacy.mechanism() == Mechanism.LOCAL)
        .map(privacy -> noisy(task.job(), privacy, delta))
        .orElse(delta);
  }

  private float[] noisy(String job, PrivacySpec privacy, float[] delta) {
    budget.spend(job, privacy, new SampledGaussian(1, privacy.noiseMultiplier(), 1));
    double[] update = new double[delta.length];
    for (int i = 0; i < delta.length; i++) {
      update[i] = delta[i];
    }
    double factor = Clip.safeFactor(Clip.norm(update), privacy.clipNorm());
    for (int i = 0; i < update.length; i++) {
      update[i] *= factor;
    }
    double[] noisy =
        new GridNoise(privacy.noiseMultiplier(), privacy.clipNorm(), update.length)
            .release(update, random.get());
    float[] sent = new float[delta.length];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (float) noisy[i];
    }
    return sent;
  }
}
