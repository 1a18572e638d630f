package io.rengo.trainer.dl4j;

import io.rengo.agent.Examples;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// Arrays of one minibatch in ND4J's memory, made once for each size and filled again.
///
/// @param features `[rows, width]`
/// @param labels `[rows, outputs]`: one-hot, or the target where there is one output
record Minibatch(INDArray features, INDArray labels) {
  /// The arrays by their number of rows.
  static final class Pool {
    private final int width;
    private final int outputs;
    private final Map<Integer, Minibatch> sizes = new HashMap<>();

    Pool(int width, int outputs) {
      this.width = width;
      this.outputs = outputs;
    }

    Minibatch take(Examples examples, int[] rows) {
      Minibatch batch =
          sizes.computeIfAbsent(
              rows.length,
              size ->
                  new Minibatch(
                      Nd4j.create(DataType.FLOAT, size, width),
                      Nd4j.create(DataType.FLOAT, size, outputs)));
      batch.fill(examples, rows, outputs);
      return batch;
    }
  }

  private void fill(Examples examples, int[] rows, int outputs) {
    FloatBuffer x = features.data().asNioFloat();
    FloatBuffer y = labels.data().asNioFloat();
    float[] row = new float[outputs];
    for (int i = 0; i < rows.length; i++) {
      x.put(
          i * examples.width(), examples.features(), rows[i] * examples.width(), examples.width());
      float target = examples.targets()[rows[i]];
      Arrays.fill(row, 0);
      row[outputs == 1 ? 0 : (int) target] = outputs == 1 ? target : 1;
      y.put(i * outputs, row);
    }
  }
}
