package io.rengo.trainer.dense;

import java.util.Arrays;

/// The loss of one row, and its derivative by the output layer's values before any activation.
enum Loss {
  /// `log Σ exp z - z[target]`, with the largest z taken out of the sum.
  SOFTMAX_CROSS_ENTROPY("softmax-cross-entropy") {
    @Override
    double of(float[] z, int outputs, float target, float[] delta) {
      float largest = z[0];
      for (int i = 1; i < outputs; i++) {
        largest = Math.max(largest, z[i]);
      }
      double sum = 0;
      for (int i = 0; i < outputs; i++) {
        double e = Math.exp(z[i] - largest);
        delta[i] = (float) e;
        sum += e;
      }
      float scale = (float) (1 / sum);
      for (int i = 0; i < outputs; i++) {
        delta[i] *= scale;
      }
      int expected = (int) target;
      delta[expected] -= 1;
      return Math.log(sum) - (z[expected] - largest);
    }
  },
  /// `log(1 + exp z) - target z` on one output; the target is 0 or 1.
  LOGISTIC("logistic") {
    @Override
    double of(float[] z, int outputs, float target, float[] delta) {
      double x = z[0];
      delta[0] = (float) (1 / (1 + Math.exp(-x)) - target);
      return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) - target * x;
    }
  },
  /// `(z - target)²` on one output, without a factor of one half: DeepLearning4J's `MSE`.
  MSE("mse") {
    @Override
    double of(float[] z, int outputs, float target, float[] delta) {
      double difference = (double) z[0] - target;
      delta[0] = (float) (2 * difference);
      return difference * difference;
    }
  };

  private final String title;

  Loss(String title) {
    this.title = title;
  }

  /// The loss of this name in a job file.
  static Loss of(String title) {
    return Arrays.stream(values())
        .filter(loss -> loss.title.equals(title))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no loss " + title));
  }

  /// Its name in a job file.
  String title() {
    return title;
  }

  /// The loss; its derivative goes into the first `outputs` values of `delta`.
  abstract double of(float[] z, int outputs, float target, float[] delta);

  /// Number of classes that a network with this many outputs tells apart; 0 for a regression.
  int classes(int outputs) {
    return switch (this) {
      case SOFTMAX_CROSS_ENTROPY -> outputs;
      case LOGISTIC -> 2;
      case MSE -> 0;
    };
  }

  /// The class that the outputs speak for; the lower of two that are equal.
  int predict(float[] z, int outputs) {
    if (this == LOGISTIC) {
      return z[0] > 0 ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < outputs; i++) {
      best = z[i] > z[best] ? i : best;
    }
    return best;
  }
}
