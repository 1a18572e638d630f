package io.rengo.core.algorithm;

/// SCAFFOLD: each step is corrected by the difference of the server's control variate `c` and the
/// member's `c_k`, an estimate of the member's gradient: `y = y - eta (g_k(y) - c_k + c)`. So
/// members with other data walk the same way. Updates count equally. Plain gradient steps alone: a
/// momentum or a proximal term makes the second option's estimate wrong (Karimireddy et al. 2020,
/// "SCAFFOLD: Stochastic Controlled Averaging for Federated Learning", algorithm 1).
///
/// @param option of the paper: 1 takes the gradient of all the member's data at the received model,
///   2 the mean of the gradients of the steps, `c_k - c + (x - y) / (K eta)`, which costs nothing
public record Scaffold(int option) implements ClientAlgorithm {
  public Scaffold {
    if (option != 1 && option != 2) {
      throw new IllegalArgumentException("option is " + option + ", it must be 1 or 2");
    }
  }

  @Override
  public boolean needsGradient() {
    return option == 1;
  }

  @Override
  public double[] shift(double[] own, double[] mean) {
    double[] shift = new double[own.length];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = mean[i] - own[i];
    }
    return shift;
  }

  @Override
  public double[] next(LocalWork work) {
    if (option == 1) {
      return work.gradient().orElseThrow();
    }
    double travelled = work.steps() * work.learningRate();
    double[] next = new double[work.own().length];
    for (int i = 0; i < next.length; i++) {
      next[i] =
          work.own()[i] - work.mean()[i] + (work.received()[i] - work.trained()[i]) / travelled;
    }
    return next;
  }

  @Override
  public boolean keepsVectors() {
    return true;
  }

  @Override
  public boolean sharesMean() {
    return true;
  }

  @Override
  public double weight(double examples, long steps, LocalSteps local) {
    return 1;
  }
}
