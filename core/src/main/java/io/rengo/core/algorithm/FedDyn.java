package io.rengo.core.algorithm;

/// FedDyn: a member's loss is changed by a linear term and held near the received model, `f_k(w) -
/// <g_k, w> + alpha/2 |w - x|^2`, and its vector moves by `g_k = g_k - alpha (w_k - x)`: at the
/// fixed point the members agree with the minimum of the mean loss, whatever their data. The
/// server's `h`, the mean of the `g_k` over all members, corrects the mean model: `x = mean(w_k) -
/// h/alpha`. Updates count equally (Acar et al. 2021, "Federated Learning Based on Dynamic
/// Regularization").
///
/// @param alpha above 0; 0.1, 0.01 or 0.001 in the paper
public record FedDyn(double alpha) implements ClientAlgorithm {
  public FedDyn {
    if (!(alpha > 0 && Double.isFinite(alpha))) {
      throw new IllegalArgumentException("alpha is " + alpha + ", it must be above 0");
    }
  }

  @Override
  public double proximalMu() {
    return alpha;
  }

  @Override
  public double[] shift(double[] own, double[] mean) {
    double[] shift = new double[own.length];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = -own[i];
    }
    return shift;
  }

  @Override
  public double[] next(LocalWork work) {
    double[] next = new double[work.own().length];
    for (int i = 0; i < next.length; i++) {
      next[i] = work.own()[i] - alpha * (work.trained()[i] - work.received()[i]);
    }
    return next;
  }

  @Override
  public boolean keepsVectors() {
    return true;
  }

  @Override
  public double weight(double examples, long steps, LocalSteps local) {
    return 1;
  }

  @Override
  public void correct(double[] delta, double[] vectors) {
    for (int i = 0; i < delta.length; i++) {
      delta[i] -= vectors[i] / alpha;
    }
  }
}
