package io.rengo.trainer.dl4j;

import io.rengo.agent.LocalTraining;
import io.rengo.agent.optimizer.GradientStep;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/// The minibatches of one training. DeepLearning4J's own updater is left out; what it does beside
/// the update is done here in its order: the gradient is divided by the rows, then regularised,
/// then taken by the optimizer, then constraints are applied.
final class Steps {
  private final MultiLayerNetwork network;
  private final ParameterTable table;
  private final LocalTraining settings;
  private final float[][] parameters;
  private final float[][] gradient;
  private final float[][] trainable;
  private final float[][] trainableGradient;
  private final GradientStep step;
  private final boolean constrained;
  private int taken;

  /// @param parameters the pieces that the training begins with, changed by it
  Steps(
      MultiLayerNetwork network,
      ParameterTable table,
      LocalTraining settings,
      float[][] parameters) {
    this.network = network;
    this.table = table;
    this.settings = settings;
    this.parameters = parameters;
    gradient =
        Arrays.stream(parameters).map(piece -> new float[piece.length]).toArray(float[][]::new);
    trainable = trainable(parameters);
    trainableGradient = trainable(gradient);
    step = new GradientStep(settings, trainable);
    constrained =
        Arrays.stream(network.getLayers())
            .map(layer -> layer.conf().getLayer().getConstraints())
            .anyMatch(constraints -> constraints != null && !constraints.isEmpty());
    table.write(parameters, network.params());
    network.initGradientsView();
  }

  private float[][] trainable(float[][] pieces) {
    return IntStream.range(0, pieces.length)
        .filter(t -> table.tensors().get(t).trainable())
        .mapToObj(t -> pieces[t])
        .toArray(float[][]::new);
  }

  /// The pieces as they are now.
  float[][] parameters() {
    return parameters;
  }

  long taken() {
    return taken;
  }

  /// Trains on one minibatch and returns its loss before the step, the mean over the rows with the
  /// regularisation's part.
  double take(Minibatch batch, int rows, int epoch) {
    network.setInput(batch.features());
    network.setLabels(batch.labels());
    network.setInputMiniBatchSize(rows);
    network.computeGradientAndScore();
    regularize(rows, epoch);
    table.read(network.getFlattenedGradients(), gradient);
    step.apply(trainable, trainableGradient);
    for (int t = 0; t < parameters.length; t++) {
      if (!table.tensors().get(t).trainable()) {
        subtract(parameters[t], gradient[t]);
      }
    }
    table.write(parameters, network.params());
    if (constrained) {
      network.applyConstraints(taken, epoch);
      table.read(network.params(), parameters);
    }
    taken++;
    return network.score();
  }

  private void regularize(int rows, int epoch) {
    INDArray vector = network.params().reshape(network.numParams());
    INDArray gradients = network.getFlattenedGradients().reshape(network.numParams());
    boolean divided = network.getLayer(0).conf().isMiniBatch();
    for (int t = 0; t < gradient.length; t++) {
      ParameterTable.Tensor tensor = table.tensors().get(t);
      var range = NDArrayIndex.interval(tensor.piece(), tensor.piece() + gradient[t].length);
      if (tensor.trainable() && divided) {
        gradients.get(range).divi(rows);
      }
      tensor
          .regularizations()
          .forEach(each ->
              each.apply(
                  vector.get(range), gradients.get(range), settings.learningRate(), taken, epoch));
    }
  }

  private static void subtract(float[] parameters, float[] change) {
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] -= change[i];
    }
  }
}
