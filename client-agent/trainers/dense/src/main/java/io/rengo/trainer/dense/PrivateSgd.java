package io.rengo.trainer.dense;

import io.rengo.agent.Examples;
import io.rengo.agent.LocalTraining;
import io.rengo.agent.PrivateTraining;
import io.rengo.agent.optimizer.GradientStep;
import io.rengo.core.privacy.RoundedGaussian;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// DP-SGD: the sum of the clipped gradients of a batch drawn by Poisson sampling, with Gaussian
/// noise, over the expected size of a batch. Abadi et al. 2016, "Deep Learning with Differential
/// Privacy". The norm of an example's gradient comes from its values and deltas alone (Goodfellow
/// 2015, "Efficient Per-Example Gradient Computations"), with convolutions from the example's part
/// of the gradient, so a step costs what one of plain SGD does, and the noise.
final class PrivateSgd {
  private static final int CHUNK = 512;

  /// float32 values of all patches of a block: 32 MiB.
  private static final int KEPT = 1 << 23;

  private final Network network;
  private final PrivateTraining privacy;
  private final LocalTraining settings;
  private final RandomGenerator random;
  private final float[][] sum;
  private final RoundedGaussian noise;

  PrivateSgd(
      Network network, PrivateTraining privacy, LocalTraining settings, RandomGenerator random) {
    this.network = network;
    this.privacy = privacy;
    this.settings = settings;
    this.random = random;
    this.noise = new RoundedGaussian(privacy.noiseMultiplier() * privacy.clipNorm(), random);
    this.sum =
        Arrays.stream(network.gradient())
            .map(array -> new float[array.length])
            .toArray(float[][]::new);
  }

  /// Rows of a block: batches vary in size, and a larger one goes through in several, as do those
  /// of convolutions, which keep much of each row.
  static int blockRows(DenseModel model, int batchSize, int examples) {
    int kept = model.convolutions().stream().mapToInt(Convolution::kept).sum();
    int most = kept == 0 ? Integer.MAX_VALUE : Math.max(Kernels.ROWS, KEPT / kept);
    int rows = Math.min(Math.min(2 * batchSize, batchSize + CHUNK), most);
    return Math.max(1, Math.min(rows, examples));
  }

  /// Trains the network's parameters and returns the number of steps.
  long train(Examples examples, int blockRows) {
    float[][] weights = network.parameters();
    GradientStep step = new GradientStep(settings, weights);
    int count = examples.count();
    long steps = PrivateTraining.steps(count, settings.batchSize(), settings.epochs());
    double rate = PrivateTraining.rate(count, settings.batchSize());
    for (long i = 0; i < steps; i++) {
      int[] batch = PoissonBatch.draw(count, rate, random);
      step.apply(weights, noisy(examples, batch, blockRows));
    }
    return steps;
  }

  /// The noisy mean gradient of a batch, in arrays that the next one uses again. Almost every batch
  /// is one block, whose gradient is the sum.
  private float[][] noisy(Examples examples, int[] batch, int blockRows) {
    clip(examples, Arrays.copyOf(batch, Math.min(batch.length, blockRows)));
    if (batch.length <= blockRows) {
      float[][] gradient = network.gradient();
      addNoise(gradient);
      return gradient;
    }
    for (float[] array : sum) {
      Arrays.fill(array, 0);
    }
    addGradient();
    for (int begin = blockRows; begin < batch.length; begin += blockRows) {
      clip(examples, Arrays.copyOfRange(batch, begin, Math.min(batch.length, begin + blockRows)));
      addGradient();
    }
    addNoise(sum);
    return sum;
  }

  private void clip(Examples examples, int[] rows) {
    network.take(examples, rows);
    network.forward(rows.length);
    network.loss(rows.length);
    network.backwardClipped(rows.length, privacy.clipNorm());
  }

  private void addGradient() {
    float[][] gradient = network.gradient();
    for (int i = 0; i < sum.length; i++) {
      float[] total = sum[i];
      float[] part = gradient[i];
      for (int j = 0; j < total.length; j++) {
        total[j] += part[j];
      }
    }
  }

  /// Noise on every parameter, and the division by the expected size of a batch. Padding stays 0.
  private void addNoise(float[][] total) {
    int[] used = network.usedColumns();
    for (int i = 0; i < total.length; i++) {
      noise.add(total[i], used[i], 1.0 / settings.batchSize());
    }
  }
}
