package io.rengo.core.privacy;

import java.util.Arrays;

/// How well an attacker tells rows that a model was trained on from rows that it was not.
public final class MembershipInference {
  private MembershipInference() {}

  /// The curve of the attack that calls those rows members whose score is high.
  ///
  /// @param auc area under the curve; scores that are equal count a half
  /// @param advantage largest difference of true and false positive rates
  public record Attack(double auc, double advantage) {}

  /// @param members a score for each row of the training data, the higher the likelier a member
  /// @param others a score for each row that was not trained on
  public static Attack attack(double[] members, double[] others) {
    double[] in = members.clone();
    double[] out = others.clone();
    Arrays.sort(in);
    Arrays.sort(out);
    double wins = 0;
    double advantage = 0;
    for (double score : in) {
      int below = firstAtLeast(out, score);
      int notAbove = firstAtLeast(out, Math.nextUp(score));
      wins += (below + notAbove) / 2.0;
      double found = (double) (in.length - firstAtLeast(in, score)) / in.length;
      advantage = Math.max(advantage, found - (double) (out.length - below) / out.length);
    }
    return new Attack(wins / in.length / out.length, advantage);
  }

  /// Share of the members that are found by the lowest threshold at which at most a share `rate` of
  /// the others is called a member wrongly.
  public static double truePositives(double[] members, double[] others, double rate) {
    Require.probability("rate", rate);
    double[] in = members.clone();
    double[] out = others.clone();
    Arrays.sort(in);
    Arrays.sort(out);
    int allowed = (int) Math.floor(rate * out.length);
    double threshold =
        allowed >= out.length ? Double.NEGATIVE_INFINITY : out[out.length - 1 - allowed];
    int found = in.length - firstAtLeast(in, Math.nextUp(threshold));
    return (double) found / in.length;
  }

  /// The score of a row by the likelihood ratio of its confidence under models trained with it and
  /// without it. Carlini et al. 2022, "Membership Inference Attacks From First Principles" (LiRA):
  /// each confidence p as `ln(p / (1 - p))`, with a normal distribution fitted to each side.
  ///
  /// @param with confidences in the row's class of models that were trained on the row
  /// @param without those of models that were not
  /// @param confidence that of the model under attack
  /// @param leastVariance below which a fitted variance is not taken
  public static double likelihoodRatio(
      double[] with, double[] without, double confidence, double leastVariance) {
    double x = logit(confidence);
    return logNormal(x, with, leastVariance) - logNormal(x, without, leastVariance);
  }

  private static double logNormal(double x, double[] confidences, double leastVariance) {
    double[] logits = Arrays.stream(confidences).map(MembershipInference::logit).toArray();
    double mean = Arrays.stream(logits).average().orElseThrow();
    double variance =
        Math.max(
            leastVariance,
            Arrays.stream(logits).map(y -> (y - mean) * (y - mean)).average().orElseThrow());
    return -0.5 * (Math.log(variance) + (x - mean) * (x - mean) / variance);
  }

  private static double logit(double confidence) {
    double p = Math.clamp(confidence, 1e-15, 1 - 1e-15);
    return Math.log(p) - Math.log1p(-p);
  }

  private static int firstAtLeast(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
