package io.rengo.trainer.dl4j;

import io.rengo.agent.Examples;
import io.rengo.core.MetricSums;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/// Metrics of a network as it is, without regularisation's part in the loss.
record Evaluation(MultiLayerNetwork network, Targets targets) {
  private static final int ROWS = 256;

  MetricSums of(Examples examples) {
    MetricSums sums = MetricSums.zero(targets.classes());
    Minibatch.Pool pool = new Minibatch.Pool(examples.width(), targets.outputs());
    for (int start = 0; start < examples.count(); start += ROWS) {
      int[] rows = IntStream.range(start, Math.min(examples.count(), start + ROWS)).toArray();
      sums = sums.plus(block(examples, rows, pool.take(examples, rows)));
    }
    return sums;
  }

  /// The loss of each row.
  double[] losses(Examples examples) {
    double[] losses = new double[examples.count()];
    Minibatch.Pool pool = new Minibatch.Pool(examples.width(), targets.outputs());
    for (int start = 0; start < examples.count(); start += ROWS) {
      int[] rows = IntStream.range(start, Math.min(examples.count(), start + ROWS)).toArray();
      double[] block = scores(pool.take(examples, rows)).toDoubleVector();
      System.arraycopy(block, 0, losses, start, rows.length);
    }
    return losses;
  }

  private INDArray scores(Minibatch batch) {
    return network.scoreExamples(new DataSet(batch.features(), batch.labels()), false);
  }

  private MetricSums block(Examples examples, int[] rows, Minibatch batch) {
    double loss = scores(batch).sumNumber().doubleValue();
    float[][] outputs = network.output(batch.features(), false).toFloatMatrix();
    long[][] confusion = new long[targets.classes()][targets.classes()];
    double squaredError = 0;
    for (int i = 0; i < rows.length; i++) {
      float target = examples.targets()[rows[i]];
      if (targets.classes() > 0) {
        confusion[(int) target][predicted(outputs[i])]++;
      } else {
        squaredError += Math.pow((double) outputs[i][0] - target, 2);
      }
    }
    return new MetricSums(rows.length, loss, squaredError, confusion);
  }

  private static int predicted(float[] output) {
    if (output.length == 1) {
      return output[0] > 0.5 ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < output.length; i++) {
      best = output[i] > output[best] ? i : best;
    }
    return best;
  }
}
