package io.rengo.lambdas;

import io.rengo.core.CohortRule;
import io.rengo.core.privacy.AdaptiveClip;
import io.rengo.core.privacy.Clip;
import io.rengo.core.privacy.GridNoise;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.PrivacySpec;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// How the updates of a round are clipped and what noise their sum gets, decided once. Each member
/// counts the same, whatever it says of its examples, and the sum is divided by the number of
/// updates that there are on average, whatever number came.
///
/// @param norm the clipping norm of this round
/// @param nextNorm that of the next round
/// @param multiplier of the noise on the sum
/// @param expected number of updates of a round, on average
/// @param factors of the members' updates, by name
record Clipping(
    double norm, double nextNorm, double multiplier, double expected, Map<String, Double> factors) {
  /// What was decided for a round, or is now.
  ///
  /// @param norms L2 norms of the updates that came, all finite
  static Clipping of(
      ObjectStore objects, Job job, int round, Map<String, Double> norms, RandomGenerator random) {
    PrivacySpec privacy = job.spec().privacy().orElseThrow();
    double norm =
        newest(objects, job, round - 1).map(Clipping::nextNorm).orElse(privacy.clipNorm());
    double expected = expected(job);
    Map<String, Double> factors = new TreeMap<>();
    norms.forEach((member, size) -> factors.put(member, Clip.safeFactor(size, norm)));
    Clipping fixed = new Clipping(norm, norm, privacy.noiseMultiplier(), expected, factors);
    Clipping clipping =
        privacy
            .quantile()
            .map(quantile -> fixed.following(quantile, privacy, norms, random))
            .orElse(fixed);
    return Job.putOnce(objects, job.keys().clipping(round), clipping, Clipping.class);
  }

  static Clipping load(ObjectStore objects, Job job, int round) {
    String key = job.keys().clipping(round);
    return Json.read(Job.content(objects, key), Clipping.class, key);
  }

  /// What the last round up to this one decided that came as far as clipping.
  static Optional<Clipping> newest(ObjectStore objects, Job job, int round) {
    Optional<Clipping> found = Optional.empty();
    for (int earlier = round; earlier > 0 && found.isEmpty(); earlier--) {
      String key = job.keys().clipping(earlier);
      found = objects.get(key).map(object -> Json.read(object.content(), Clipping.class, key));
    }
    return found;
  }

  private Clipping following(
      double quantile, PrivacySpec privacy, Map<String, Double> norms, RandomGenerator random) {
    double countNoise = Math.max(expected / 20, privacy.noiseMultiplier());
    AdaptiveClip adaptive = new AdaptiveClip(quantile, 0.2, countNoise);
    long within = norms.values().stream().filter(size -> size <= norm).count();
    double shifted = within - norms.size() / 2.0;
    double noisy = new GridNoise(2 * countNoise, 0.5, 1).release(new double[] {shifted}, random)[0];
    double share = adaptive.share(within, norms.size(), expected, noisy - shifted);
    return new Clipping(
        norm,
        adaptive.next(norm, share),
        adaptive.sumMultiplier(privacy.noiseMultiplier()),
        expected,
        factors);
  }

  private static double expected(Job job) {
    int members = job.members().size();
    return switch (job.spec().cohort()) {
      case CohortRule.PoissonSample(double rate) -> rate * members;
      case CohortRule.Turns(int every) -> members / (double) every;
      case CohortRule.UniformSample(int size) -> size;
      case CohortRule.All rule -> members;
      case CohortRule.WeightedSample rule -> rule.size();
      case CohortRule.StragglerAware rule -> rule.size();
    };
  }

  /// The noise for the sum of a model of so many parameters.
  GridNoise noise(long parameters) {
    return new GridNoise(multiplier, norm, parameters);
  }
}
