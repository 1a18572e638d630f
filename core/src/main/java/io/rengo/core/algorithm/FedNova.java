package io.rengo.core.algorithm;

/// FedNova: members may do different numbers of steps, and the one that does more does not count
/// more. A member's change is `eta G_k a_k` with the gradients `G_k` of its steps and their
/// coefficients `a_k`; the server divides it by `|a_k|_1` and multiplies the weighted mean by
/// `tau_eff = sum p_k |a_k|_1` (Wang et al. 2020, "Tackling the Objective Inconsistency Problem in
/// Heterogeneous Federated Optimization"). Members do nothing but report their steps.
public record FedNova() implements ClientAlgorithm {
  /// `|a|_1` of a training: what the steps' gradients count in the change, all together.
  ///
  /// @param local with a momentum or a proximal term or neither, not both
  public static double coefficients(long steps, LocalSteps local) {
    if (steps < 1) {
      throw new IllegalArgumentException("a training of " + steps + " steps");
    }
    double rho = local.momentum();
    double alpha = local.rate() * local.proximalMu();
    if (rho > 0 && alpha > 0) {
      throw new IllegalArgumentException("momentum and a proximal term together");
    }
    if (rho > 0) {
      return (steps - rho * (1 - Math.pow(rho, steps)) / (1 - rho)) / (1 - rho);
    }
    return alpha > 0 ? (1 - Math.pow(1 - alpha, steps)) / alpha : steps;
  }

  @Override
  public boolean weighsSteps() {
    return true;
  }

  @Override
  public double weight(double examples, long steps, LocalSteps local) {
    return examples / coefficients(steps, local);
  }

  /// The weighted mean divides by the sum of `p_k / |a_k|_1` where the paper does not.
  @Override
  public double factor(double[] examples, long[] steps, LocalSteps local) {
    double total = 0;
    double weights = 0;
    double effective = 0;
    for (int k = 0; k < examples.length; k++) {
      total += examples[k];
      weights += weight(examples[k], steps[k], local);
      effective += examples[k] * coefficients(steps[k], local);
    }
    return weights / total * (effective / total);
  }
}
