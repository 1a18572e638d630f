package io.rengo.trainer.dense;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.agent.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientTest {
  private static final int ROWS = 11;
  private static final float STEP = 0.002f;

  static Stream<DenseModel> models() {
    List<DenseModel> models = new ArrayList<>();
    for (Loss loss : Loss.values()) {
      int outputs = loss == Loss.SOFTMAX_CROSS_ENTROPY ? 3 : 1;
      models.add(new DenseModel(List.of(5, outputs), Activation.RELU, loss));
      for (Activation activation : Activation.values()) {
        models.add(new DenseModel(List.of(5, 4, outputs), activation, loss));
        models.add(new DenseModel(List.of(5, 19, 7, outputs), activation, loss));
      }
    }
    for (Activation activation : Activation.values()) {
      models.add(
          new DenseModel(
              List.of(new Convolution(6, 5, 2, 3, 3, 1, 2), new Convolution(2, 1, 3, 4, 1, 1, 1)),
              List.of(8, 5, 3),
              activation,
              Loss.SOFTMAX_CROSS_ENTROPY));
      models.add(
          new DenseModel(
              List.of(new Convolution(8, 9, 1, 17, 3, 2, 1), new Convolution(3, 4, 17, 2, 2, 1, 1)),
              List.of(12, 1),
              activation,
              Loss.MSE));
    }
    return models.stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void gradient_agreesWithFiniteDifferences(DenseModel model) {
    Random random = new Random(5);
    Examples examples = examples(model, random);
    float[] parameters = new float[model.size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = 0.5f * (float) random.nextGaussian();
    }
    float[] gradient = gradient(model, examples, parameters);
    for (int i = 0; i < parameters.length; i++) {
      float[] moved = parameters.clone();
      moved[i] = parameters[i] + STEP;
      double above = loss(model, examples, moved);
      moved[i] = parameters[i] - STEP;
      double below = loss(model, examples, moved);
      double expected = (above - below) / (2 * STEP);
      double kink = above + below - 2 * loss(model, examples, parameters);
      double tolerance = 2e-3 + 1e-2 * Math.abs(expected) + Math.abs(kink) / STEP;
      assertThat((double) gradient[i])
          .as("derivative by parameter %d", i)
          .isCloseTo(expected, org.assertj.core.data.Offset.offset(tolerance));
    }
  }

  private static double loss(DenseModel model, Examples examples, float[] parameters) {
    Network network = new Network(model, new PlainKernels(), ROWS);
    network.load(parameters);
    network.take(examples, IntStream.range(0, ROWS).toArray());
    network.forward(ROWS);
    return network.loss(ROWS) / ROWS;
  }

  /// The gradient, read off a step of rate 1.
  private static float[] gradient(DenseModel model, Examples examples, float[] parameters) {
    Network network = new Network(model, new VectorKernels(), ROWS);
    network.load(parameters);
    network.take(examples, IntStream.range(0, ROWS).toArray());
    network.forward(ROWS);
    network.loss(ROWS);
    network.backward(ROWS);
    float[][] weights = network.parameters();
    float[][] gradient = network.gradient();
    for (int i = 0; i < weights.length; i++) {
      System.arraycopy(gradient[i], 0, weights[i], 0, weights[i].length);
    }
    float[] flat = new float[parameters.length];
    network.store(flat);
    return flat;
  }

  private static Examples examples(DenseModel model, Random random) {
    float[] features = new float[ROWS * model.inputs()];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    float[] targets = new float[ROWS];
    int classes = model.loss().classes(model.outputs());
    for (int i = 0; i < ROWS; i++) {
      targets[i] = classes > 0 ? random.nextInt(classes) : (float) random.nextGaussian();
    }
    return new Examples(ROWS, model.inputs(), features, targets);
  }
}
