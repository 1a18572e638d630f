package io.rengo.trainer.dl4j;

import io.rengo.protocol.ModelSpec.Mlp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// The configuration of a job's `model: {kind: mlp}`.
final class Perceptron {
  private Perceptron() {}

  static String configuration(Mlp model) {
    int last = model.layers().size() - 2;
    Activation hidden = Activation.fromString(model.activation());
    var layers = new NeuralNetConfiguration.Builder().list();
    for (int i = 0; i < last; i++) {
      layers.layer(
          new DenseLayer.Builder()
              .nIn(model.layers().get(i))
              .nOut(model.layers().get(i + 1))
              .activation(hidden)
              .build());
    }
    return layers
        .layer(
            output(model.loss())
                .nIn(model.layers().get(last))
                .nOut(model.layers().get(last + 1))
                .build())
        .build()
        .toJson();
  }

  private static OutputLayer.Builder output(String loss) {
    return switch (loss) {
      case "logistic" -> new OutputLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID);
      case "mse" -> new OutputLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY);
      default -> new OutputLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX);
    };
  }
}
