package io.rengo.trainer.dl4j;

import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// Configurations as people write them, in JSON.
final class Networks {
  private Networks() {}

  static String digits() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new DenseLayer.Builder().nIn(64).nOut(32).activation(Activation.RELU).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(32)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build())
        .build()
        .toJson();
  }

  static String oneOutput(int inputs, LossFunction loss, Activation activation) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder(loss).nIn(inputs).nOut(1).activation(activation).build())
        .build()
        .toJson();
  }

  /// A convolution, batch normalisation and an output layer on 8x8 images, with L2.
  static String convolution(boolean batchNormalization, double dropOut) {
    var list =
        new NeuralNetConfiguration.Builder()
            .l2(0.01)
            .list()
            .layer(
                new ConvolutionLayer.Builder(3, 3)
                    .nOut(4)
                    .stride(2, 2)
                    .activation(Activation.TANH)
                    .build());
    if (batchNormalization) {
      list.layer(new BatchNormalization());
    }
    return list.layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .dropOut(dropOut)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutionalFlat(8, 8, 1))
        .build()
        .toJson();
  }

  static String refused(boolean doubles, boolean normalized, boolean decayed) {
    var builder = new NeuralNetConfiguration.Builder();
    if (doubles) {
      builder.dataType(DataType.DOUBLE);
    }
    if (normalized) {
      builder.gradientNormalization(GradientNormalization.RenormalizeL2PerLayer);
    }
    if (decayed) {
      builder.weightDecay(0.1);
    }
    return builder
        .list()
        .layer(new OutputLayer.Builder(LossFunction.MCXENT).nIn(2).nOut(2).build())
        .build()
        .toJson();
  }
}
