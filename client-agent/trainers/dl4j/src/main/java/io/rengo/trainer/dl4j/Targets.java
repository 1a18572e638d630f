package io.rengo.trainer.dl4j;

import io.rengo.agent.Examples;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/// What a network's outputs say.
///
/// @param outputs columns of the output
/// @param classes that it tells apart: as many as outputs, 2 where there is one output under binary
///   cross entropy, and 0 (a regression) where there is one under any other loss
record Targets(int outputs, int classes) {
  static Targets of(MultiLayerNetwork network, long[] shape) {
    if (shape.length != 2) {
      throw Dl4jModel.invalid(
          "the output of a row has shape " + Arrays.toString(shape), "End with one row of outputs");
    }
    int outputs = (int) shape[1];
    return new Targets(outputs, outputs > 1 ? outputs : binary(network) ? 2 : 0);
  }

  private static boolean binary(MultiLayerNetwork network) {
    Layer last = network.getOutputLayer().conf().getLayer();
    return switch (last) {
      case BaseOutputLayer output -> output.getLossFn() instanceof LossBinaryXENT;
      case LossLayer loss -> loss.getLossFn() instanceof LossBinaryXENT;
      default -> false;
    };
  }

  /// This, where every target of the examples is one of the classes.
  Targets checked(Examples examples) {
    for (int i = 0; i < examples.count() && classes > 0; i++) {
      float target = examples.targets()[i];
      if (!(target >= 0 && target < classes && target == (int) target)) {
        throw invalid(
            "target %s is no class of %d".formatted(target, classes),
            "Number the classes from 0, or give the model more outputs");
      }
    }
    return this;
  }

  static RengoException invalid(String what, String mend) {
    return new RengoException(ErrorCode.DATA_INVALID, what, "the member's data", mend);
  }
}
