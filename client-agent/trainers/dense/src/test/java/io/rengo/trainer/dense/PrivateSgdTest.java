package io.rengo.trainer.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rengo.agent.Examples;
import io.rengo.agent.LocalTraining;
import io.rengo.agent.MemberData;
import io.rengo.agent.PrivateTraining;
import io.rengo.core.SplitMix64;
import io.rengo.core.privacy.MembershipInference;
import io.rengo.core.privacy.SecureBits;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrivateSgdTest {
  private static final DenseModel SMALL =
      new DenseModel(List.of(5, 7, 4, 3), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY);

  static Stream<DenseModel> models() {
    return Stream.of(
        SMALL,
        new DenseModel(
            List.of(new Convolution(9, 8, 1, 5, 3, 1, 2), new Convolution(3, 3, 5, 4, 2, 1, 1)),
            List.of(16, 6, 3),
            Activation.RELU,
            Loss.SOFTMAX_CROSS_ENTROPY),
        new DenseModel(
            List.of(new Convolution(7, 7, 3, 17, 3, 2, 1)),
            List.of(153, 3),
            Activation.TANH,
            Loss.SOFTMAX_CROSS_ENTROPY));
  }

  @ParameterizedTest
  @MethodSource("models")
  void clippedSum_isThatOfTheExamplesOneByOne(DenseModel model) {
    int rows = 11;
    Examples examples = examples(rows, model.inputs(), 3, 9);
    float[] parameters = parameters(model);
    double[][] gradients = new double[rows][];
    double[] norms = new double[rows];
    for (int row = 0; row < rows; row++) {
      Network one = new Network(model, new PlainKernels(), 1);
      one.load(parameters);
      one.take(examples, new int[] {row});
      one.forward(1);
      one.loss(1);
      one.backward(1);
      gradients[row] = flat(one);
      norms[row] = Math.sqrt(Arrays.stream(gradients[row]).map(x -> x * x).sum());
    }
    double bound = Arrays.stream(norms).sorted().toArray()[rows / 2];
    double[] expected = new double[parameters.length];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < expected.length; i++) {
        expected[i] += gradients[row][i] * Math.min(1, bound / norms[row]);
      }
    }
    Network all = new Network(model, new PlainKernels(), rows);
    all.load(parameters);
    all.take(examples, IntStream.range(0, rows).toArray());
    all.forward(rows);
    all.loss(rows);
    all.backwardClipped(rows, bound);
    all.backwardClipped(rows, bound / 2);
    all.forward(rows);
    all.loss(rows);
    all.backwardClipped(rows, bound);
    assertThat(flat(all)).containsExactly(expected, within(2e-5));
  }

  private static double[] flat(Network network) {
    float[][] arrays = network.gradient();
    int[] used = network.usedColumns();
    return IntStream.range(0, arrays.length)
        .boxed()
        .flatMapToDouble(i -> IntStream.range(0, used[i]).mapToDouble(j -> arrays[i][j]))
        .toArray();
  }

  @Test
  void batches_takeEachRowByItselfWithTheSameProbability() {
    SplitMix64 random = new SplitMix64(2);
    int[] seen = new int[50];
    double squares = 0;
    int draws = 20_000;
    for (int i = 0; i < draws; i++) {
      int[] batch = PoissonBatch.draw(50, 0.1, random);
      assertThat(batch).isSorted().doesNotHaveDuplicates();
      squares += (batch.length - 5.0) * (batch.length - 5.0);
      Arrays.stream(batch).forEach(row -> seen[row]++);
    }
    for (int count : seen) {
      assertThat((double) count / draws).isCloseTo(0.1, within(0.011));
    }
    assertThat(squares / draws).isCloseTo(50 * 0.1 * 0.9, within(0.25));
    assertThat(PoissonBatch.draw(7, 1, random)).containsExactly(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void noise_isOnEveryParameterOverTheExpectedBatch() {
    DenseModel wide = new DenseModel(List.of(200, 50), Activation.RELU, Loss.SOFTMAX_CROSS_ENTROPY);
    Examples zeros = new Examples(40, 200, new float[200 * 40], new float[40]);
    Network network = new Network(wide, new PlainKernels(), 40);
    LocalTraining settings = new LocalTraining(1, 20, "sgd", 1, 0, 0, 0, 1);
    long steps =
        new PrivateSgd(network, new PrivateTraining(0.5, 3), settings, new SecureBits())
            .train(zeros, 40);
    float[] trained = new float[wide.size()];
    network.store(trained);
    double squares = 0;
    for (int i = 0; i < 200 * 50; i++) {
      squares += (double) trained[i] * trained[i];
    }
    assertThat(steps).isEqualTo(2);
    assertThat(Math.sqrt(squares / (200 * 50)))
        .isCloseTo(3 * 0.5 / 20 * Math.sqrt(2), within(0.005));
  }

  @Test
  void training_withLittleNoise_learns() {
    Examples examples = examples(400, 5, 2, 4);
    DenseModel model =
        new DenseModel(List.of(5, 8, 2), Activation.RELU, Loss.SOFTMAX_CROSS_ENTROPY);
    DenseTrainer trainer = trainer(model, examples);
    float[] start = parameters(model);
    float[] trained = trainer.train(start, privately(30, 32, 0.5, 0.1)).parameters();
    assertThat(trainer.evaluate(trained).accuracy().orElseThrow()).isGreaterThan(0.9);
  }

  /// Labels are drawn at random, so that nothing can be learned but the rows themselves.
  @Test
  void modelThatRemembers_isCaught_andThePrivateOneIsNot() {
    DenseModel model =
        new DenseModel(List.of(20, 64, 2), Activation.RELU, Loss.SOFTMAX_CROSS_ENTROPY);
    Examples members = noise(300, 20, 1);
    Examples others = noise(300, 20, 2);
    DenseTrainer trainer = trainer(model, members);
    float[] start = parameters(model);
    float[] overfitted =
        trainer.train(start, new LocalTraining(200, 16, "sgd", 0.2, 0, 0, 0, 1)).parameters();
    float[] hidden = trainer.train(start, privately(20, 64, 0.2, 4)).parameters();

    assertThat(attack(model, overfitted, members, others).auc()).isGreaterThan(0.75);
    assertThat(attack(model, hidden, members, others).auc()).isLessThan(0.6);
  }

  /// Which of four corners of an image is bright.
  @Test
  void convolutions_withNoise_learn() {
    DenseModel model =
        new DenseModel(
            List.of(new Convolution(8, 8, 1, 6, 3, 1, 2)),
            List.of(54, 4),
            Activation.RELU,
            Loss.SOFTMAX_CROSS_ENTROPY);
    Examples examples = noise(600, 64, 3);
    for (int row = 0; row < 600; row++) {
      examples.targets()[row] = row % 4;
      int corner = row % 4 / 2 * 5 * 8 + row % 2 * 5;
      for (int i = 0; i < 9; i++) {
        examples.features()[row * 64 + corner + i / 3 * 8 + i % 3] += 1.5f;
      }
    }
    DenseTrainer trainer = trainer(model, examples);
    float[] trained = trainer.train(parameters(model), privately(30, 64, 0.5, 0.5)).parameters();
    assertThat(trainer.evaluate(trained).accuracy().orElseThrow()).isGreaterThan(0.9);
  }

  private static MembershipInference.Attack attack(
      DenseModel model, float[] parameters, Examples members, Examples others) {
    return MembershipInference.attack(
        scores(model, parameters, members), scores(model, parameters, others));
  }

  private static double[] scores(DenseModel model, float[] parameters, Examples examples) {
    Network network = new Network(model, new PlainKernels(), 1);
    network.load(parameters);
    return IntStream.range(0, examples.count())
        .mapToDouble(row -> {
          network.take(examples, new int[] {row});
          network.forward(1);
          return -network.loss(1);
        })
        .toArray();
  }

  private static LocalTraining privately(int epochs, int batch, double rate, double noise) {
    return new LocalTraining(
        epochs, batch, "sgd", rate, 0, 0, 0, 1, Optional.of(new PrivateTraining(1, noise)));
  }

  private static DenseTrainer trainer(DenseModel model, Examples examples) {
    return new DenseTrainer(model, new PlainKernels(), () -> new MemberData(examples, examples));
  }

  private static float[] parameters(DenseModel model) {
    Random random = new Random(5);
    float[] parameters = new float[model.size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = 0.4f * (float) random.nextGaussian();
    }
    return parameters;
  }

  private static Examples noise(int rows, int width, long seed) {
    Random random = new Random(seed);
    float[] features = new float[rows * width];
    float[] targets = new float[rows];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < rows; i++) {
      targets[i] = random.nextInt(2);
    }
    return new Examples(rows, width, features, targets);
  }

  private static Examples examples(int rows, int width, int classes, long seed) {
    Examples examples = noise(rows, width, seed);
    for (int row = 0; row < rows; row++) {
      examples.targets()[row] = row % classes;
      examples.features()[row * width + row % classes] += 3;
    }
    return examples;
  }
}
