package io.rengo.trainer.dense;

/// What follows each hidden layer.
enum Activation {
  RELU {
    @Override
    void apply(float[] z, int count) {
      for (int i = 0; i < count; i++) {
        z[i] = Math.max(z[i], 0);
      }
    }

    @Override
    void backward(float[] activated, float[] delta, int count) {
      for (int i = 0; i < count; i++) {
        delta[i] = activated[i] > 0 ? delta[i] : 0;
      }
    }
  },
  TANH {
    @Override
    void apply(float[] z, int count) {
      for (int i = 0; i < count; i++) {
        z[i] = (float) Math.tanh(z[i]);
      }
    }

    @Override
    void backward(float[] activated, float[] delta, int count) {
      for (int i = 0; i < count; i++) {
        delta[i] *= 1 - activated[i] * activated[i];
      }
    }
  },
  SIGMOID {
    @Override
    void apply(float[] z, int count) {
      for (int i = 0; i < count; i++) {
        z[i] = (float) (1 / (1 + Math.exp(-z[i])));
      }
    }

    @Override
    void backward(float[] activated, float[] delta, int count) {
      for (int i = 0; i < count; i++) {
        delta[i] *= activated[i] * (1 - activated[i]);
      }
    }
  };

  /// Replaces the first `count` values by their activations.
  abstract void apply(float[] z, int count);

  /// Turns the loss's derivative by the activations into that by what went into them.
  abstract void backward(float[] activated, float[] delta, int count);
}
