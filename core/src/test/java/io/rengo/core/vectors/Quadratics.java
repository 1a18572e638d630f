package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;

/// The members' losses of test vectors: `w'Aw/2 - b'w` for each.
record Quadratics(double[][][] a, double[][] b) {
  static Quadratics of(JsonNode inputs) {
    double[][][] a = inputs.get("A").valueStream().map(Numbers::matrix).toArray(double[][][]::new);
    return new Quadratics(a, Numbers.matrix(inputs.get("b")));
  }

  int members() {
    return b.length;
  }

  double[] gradient(int member, double[] w) {
    double[] gradient = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      gradient[i] = -b[member][i];
      for (int j = 0; j < w.length; j++) {
        gradient[i] += a[member][i][j] * w[j];
      }
    }
    return gradient;
  }

  /// Gradient steps `v = momentum v + g(w) + shift + mu (w - x)`, `w = w - rate v`.
  double[] train(
      int member,
      double[] received,
      int steps,
      double rate,
      double momentum,
      double mu,
      double[] shift) {
    double[] w = received.clone();
    double[] v = new double[w.length];
    for (int step = 0; step < steps; step++) {
      double[] gradient = gradient(member, w);
      for (int i = 0; i < w.length; i++) {
        v[i] = momentum * v[i] + gradient[i] + shift[i] + mu * (w[i] - received[i]);
      }
      for (int i = 0; i < w.length; i++) {
        w[i] -= rate * v[i];
      }
    }
    return w;
  }

  /// The minimum of `f(w) + shift'w + mu/2 |w - x|^2`, by Gauss's elimination.
  double[] minimum(int member, double[] received, double mu, double[] shift) {
    int n = received.length;
    double[][] rows = new double[n][n + 1];
    for (int i = 0; i < n; i++) {
      System.arraycopy(a[member][i], 0, rows[i], 0, n);
      rows[i][i] += mu;
      rows[i][n] = b[member][i] - shift[i] + mu * received[i];
    }
    for (int p = 0; p < n; p++) {
      for (int i = 0; i < n; i++) {
        double factor = i == p ? 0 : rows[i][p] / rows[p][p];
        for (int j = p; j <= n; j++) {
          rows[i][j] -= factor * rows[p][j];
        }
      }
    }
    double[] w = new double[n];
    for (int i = 0; i < n; i++) {
      w[i] = rows[i][n] / rows[i][i];
    }
    return w;
  }
}
