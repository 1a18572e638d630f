package io.rengo.core.aggregation;

import io.rengo.core.Range;

/// Updates count the less the more alike the members' histories are: sybils that push together push
/// in one direction, honest members differ. The similarity is the largest cosine between a member's
/// summed updates and another's, pardoned by how much more alike the other one is, and mapped by a
/// logit. The aggregate is the mean with these weights. Fung, Yoon and Beschastnikh 2020, "The
/// Limitations of Federated Learning in Sybil Settings".
///
/// @param kappa how sharply the logit separates, above 0
public record FoolsGold(double kappa) implements Rule {
  /// What a weight of exactly 1 is lowered to, for the logit.
  private static final double NEARLY_ONE = 0.99;

  public FoolsGold {
    Range.positive("kappa", kappa);
  }

  @Override
  public Measure measure() {
    return Measure.GRAM;
  }

  @Override
  public Reference reference() {
    return Reference.HISTORY;
  }

  @Override
  public int fewest() {
    return 3;
  }

  @Override
  public String bound() {
    return "n >= 3, since it compares members with each other";
  }

  @Override
  public Weighing weigh(Gram gram, double[] examples) {
    int n = examples.length;
    Rule.check(this, n);
    double[][] similarity = similarity(gram, n);
    double[] most = most(similarity);
    double[] weights = weights(similarity);
    boolean any = false;
    for (double weight : weights) {
      any |= weight > 0;
    }
    double share = any ? 0 : 1;
    return Rule.weighing(
        n,
        i -> {
          String reason = Weight.text("its history is like another's, cosine %.4g", most[i]);
          return weights[i] >= 1
              ? Weight.counted(1)
              : weights[i] > 0
                  ? new Weight(weights[i], weights[i], Decision.REDUCED, reason)
                  : new Weight(0, share, Decision.EXCLUDED, reason);
        });
  }

  /// Cosines of the histories with this round's updates added; 0 of a history with itself.
  private static double[][] similarity(Gram gram, int n) {
    double[][] similarity = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double norms = Math.sqrt(whole(gram, n, i, i)) * Math.sqrt(whole(gram, n, j, j));
        similarity[i][j] = i == j || norms == 0 ? 0 : whole(gram, n, i, j) / norms;
      }
    }
    return similarity;
  }

  private static double whole(Gram gram, int n, int i, int j) {
    return gram.product(n + i, n + j)
        + gram.product(n + i, j)
        + gram.product(i, n + j)
        + gram.product(i, j);
  }

  private static double[] most(double[][] similarity) {
    double[] most = new double[similarity.length];
    for (int i = 0; i < most.length; i++) {
      most[i] = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < most.length; j++) {
        most[i] = Math.max(most[i], similarity[i][j]);
      }
    }
    return most;
  }

  /// The weights, from 0 to 1, of members with these similarities.
  private double[] weights(double[][] similarity) {
    int n = similarity.length;
    double[] v = most(similarity);
    double[] alpha = new double[n];
    double largest = 0;
    for (int i = 0; i < n; i++) {
      double closest = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        double pardon = v[j] > 0 && v[i] < v[j] ? Math.max(0, v[i]) / v[j] : 1;
        closest = Math.max(closest, similarity[i][j] * pardon);
      }
      alpha[i] = Math.clamp(1 - closest, 0, 1);
      largest = Math.max(largest, alpha[i]);
    }
    for (int i = 0; i < n && largest > 0; i++) {
      double scaled = Math.min(alpha[i] / largest, 1);
      double a = scaled == 1 ? NEARLY_ONE : scaled;
      alpha[i] = a == 0 ? 0 : Math.clamp(kappa * (Math.log(a / (1 - a)) + 0.5), 0, 1);
    }
    return alpha;
  }
}
