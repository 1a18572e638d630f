package io.rengo.core.privacy;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Membership inference by shadow models: models trained as the one under attack is, each on a
/// random half of the rows, show how sure a model is of a row that it knows and of one that it does
/// not. Carlini et al. 2022, "Membership Inference Attacks From First Principles" (LiRA). With
/// fewer than 64 models the variances are common to all rows, as the paper advises.
public final class ShadowModels {
  private static final int FEW = 64;
  private static final double LEAST_VARIANCE = 1e-4;

  private final boolean[][] trainedOn;
  private final double[][] logits;

  /// @param models an even number, 2 or more: each row is in half of them
  public ShadowModels(int rows, int models, RandomGenerator random) {
    Require.that(models >= 2 && models % 2 == 0, "models", models, "an even number, 2 or more");
    trainedOn = new boolean[models][rows];
    logits = new double[models][rows];
    for (int row = 0; row < rows; row++) {
      int left = models / 2;
      for (int model = 0; model < models; model++) {
        boolean in = random.nextInt(models - model) < left;
        trainedOn[model][row] = in;
        left -= in ? 1 : 0;
      }
    }
  }

  /// The rows that a model is trained on.
  public int[] rows(int model) {
    boolean[] in = trainedOn[model];
    return IntStream.range(0, in.length).filter(row -> in[row]).toArray();
  }

  /// Notes how sure a model is of each row.
  ///
  /// @param losses `-ln p` of each row, with p the probability that the model gives to what is true
  public void trained(int model, double[] losses) {
    for (int row = 0; row < losses.length; row++) {
      logits[model][row] = logit(losses[row]);
    }
  }

  /// The score of each row, the higher the likelier that the model under attack was trained on it:
  /// the logarithm of the likelihood ratio of its confidence.
  ///
  /// @param losses of the model under attack
  public double[] scores(double[] losses) {
    double[] scores = new double[losses.length];
    double[] with = new double[losses.length];
    double[] without = new double[losses.length];
    double[] varianceWith = new double[losses.length];
    double[] varianceWithout = new double[losses.length];
    for (int row = 0; row < losses.length; row++) {
      with[row] = mean(row, true);
      without[row] = mean(row, false);
      varianceWith[row] = variance(row, true, with[row]);
      varianceWithout[row] = variance(row, false, without[row]);
    }
    boolean few = trainedOn.length < FEW;
    double commonWith =
        IntStream.range(0, losses.length).mapToDouble(i -> varianceWith[i]).average().orElse(1);
    double commonWithout =
        IntStream.range(0, losses.length).mapToDouble(i -> varianceWithout[i]).average().orElse(1);
    for (int row = 0; row < losses.length; row++) {
      double x = logit(losses[row]);
      scores[row] =
          logNormal(x, with[row], few ? commonWith : varianceWith[row])
              - logNormal(x, without[row], few ? commonWithout : varianceWithout[row]);
    }
    return scores;
  }

  /// How sure a model is of a row, from its loss: `ln(p / (1 - p))` with `p = e^-loss`.
  public static double logit(double loss) {
    double kept = Math.clamp(loss, 1e-15, 700);
    return -kept - Math.log(-Math.expm1(-kept));
  }

  private double mean(int row, boolean in) {
    double sum = 0;
    for (int model = 0; model < logits.length; model++) {
      sum += trainedOn[model][row] == in ? logits[model][row] : 0;
    }
    return sum / (logits.length / 2.0);
  }

  private double variance(int row, boolean in, double mean) {
    double sum = 0;
    for (int model = 0; model < logits.length; model++) {
      double off = logits[model][row] - mean;
      sum += trainedOn[model][row] == in ? off * off : 0;
    }
    return sum / (logits.length / 2.0);
  }

  private static double logNormal(double x, double mean, double variance) {
    double kept = Math.max(LEAST_VARIANCE, variance);
    return -0.5 * (Math.log(kept) + (x - mean) * (x - mean) / kept);
  }
}
