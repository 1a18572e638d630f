package io.rengo.agent.optimizer;

import io.rengo.agent.LocalTraining;
import java.util.Arrays;

/// One minibatch's change of the parameters, which lie in several arrays (rows, tensors, or one).
///
/// In this order: FedProx's term `mu (w - x)` is added to the gradient (Li et al. 2020, x the
/// received parameters) and so is the algorithm's shift, where it has one, the sum is clipped to
/// the norm, and the local optimizer takes it. So the term goes through momentum and Adam as the
/// rest does, and the clipping bounds the whole step.
public final class GradientStep {
  private final float mu;
  private final double clipNorm;
  private final float[][] received;
  private final float[][] shift;
  private final LocalOptimizer optimizer;

  /// @param received the parameters that the training begins with
  public GradientStep(LocalTraining settings, float[][] received) {
    this(settings, received, new float[0][]);
  }

  /// @param shift what is added to each gradient, in the same arrays; none where it is empty
  public GradientStep(LocalTraining settings, float[][] received, float[][] shift) {
    this.shift = shift;
    mu = (float) settings.proximalMu();
    clipNorm = settings.clipNorm();
    this.received =
        mu == 0
            ? new float[0][]
            : Arrays.stream(received).map(float[]::clone).toArray(float[][]::new);
    optimizer =
        LocalOptimizer.of(
            settings, Arrays.stream(received).mapToInt(array -> array.length).toArray());
  }

  /// Changes the parameters; the gradient is used up.
  public void apply(float[][] parameters, float[][] gradient) {
    for (int i = 0; i < received.length; i++) {
      addProximal(parameters[i], received[i], gradient[i]);
    }
    for (int i = 0; i < shift.length; i++) {
      add(shift[i], gradient[i]);
    }
    if (clipNorm > 0) {
      clip(gradient);
    }
    optimizer.nextStep();
    for (int i = 0; i < parameters.length; i++) {
      optimizer.apply(i, parameters[i], gradient[i]);
    }
  }

  private void addProximal(float[] w, float[] x, float[] gradient) {
    for (int i = 0; i < w.length; i++) {
      gradient[i] = Math.fma(mu, w[i] - x[i], gradient[i]);
    }
  }

  private static void add(float[] shift, float[] gradient) {
    for (int i = 0; i < shift.length; i++) {
      gradient[i] += shift[i];
    }
  }

  private void clip(float[][] gradient) {
    double squares = 0;
    for (float[] array : gradient) {
      for (float g : array) {
        squares += (double) g * g;
      }
    }
    double norm = Math.sqrt(squares);
    if (norm <= clipNorm) {
      return;
    }
    float factor = (float) (clipNorm / norm);
    for (float[] array : gradient) {
      for (int i = 0; i < array.length; i++) {
        array[i] *= factor;
      }
    }
  }
}
