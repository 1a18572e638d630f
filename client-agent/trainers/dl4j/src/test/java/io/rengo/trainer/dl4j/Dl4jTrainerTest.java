package io.rengo.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.rengo.agent.Examples;
import io.rengo.agent.LocalTraining;
import io.rengo.agent.LocalUpdate;
import io.rengo.agent.MemberData;
import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.Initializer;
import io.rengo.core.Initializer.Scheme;
import io.rengo.core.Layout;
import io.rengo.core.MetricSums;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelSpec;
import io.rengo.trainer.dense.DenseTrainerProvider;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class Dl4jTrainerTest {
  private static final MemberData DIGITS = TestData.digits();

  static Stream<LocalTraining> settings() {
    return Stream.of(
        new LocalTraining(2, 32, "sgd", 0.1, 0, 0, 0, 7),
        new LocalTraining(1, 32, "momentum", 0.02, 0.9, 0, 0, 7),
        new LocalTraining(1, 32, "adam", 0.003, 0, 0, 0, 7),
        new LocalTraining(2, 50, "sgd", 0.1, 0, 0.5, 0.8, 8));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void sameSeeds_giveTheModelThatDenseGives(LocalTraining settings) {
    ModelSpec spec = new ModelSpec.Mlp(List.of(64, 32, 10), "relu", "softmax-cross-entropy");
    float[] start = Initializer.parameters(spec.layout(), spec.initial(), 3);
    agree(spec, Networks.digits(), DIGITS, start, settings);
  }

  @Test
  void oneOutput_agreesWithDenseToo() {
    LocalTraining settings = new LocalTraining(3, 32, "sgd", 0.05, 0, 0, 0, 7);
    agree(
        new ModelSpec.Mlp(List.of(30, 1), "relu", "logistic"),
        Networks.oneOutput(30, LossFunction.XENT, Activation.SIGMOID),
        TestData.tumours("last", "classification"),
        new float[31],
        settings);
    agree(
        new ModelSpec.Mlp(List.of(30, 1), "relu", "mse"),
        Networks.oneOutput(30, LossFunction.MSE, Activation.IDENTITY),
        TestData.tumours("mean_radius", "regression"),
        new float[31],
        new LocalTraining(3, 32, "sgd", 0.005, 0, 0, 0, 7));
  }

  private static void agree(
      ModelSpec spec, String json, MemberData data, float[] start, LocalTraining settings) {
    JsonNode none = JsonNodeFactory.instance.objectNode();
    Trainer dense =
        new DenseTrainerProvider()
            .open(
                new TrainerProvider.Context(
                    Json.tree(spec), none, none, spec.layout(), () -> data, Path.of("")));
    Trainer dl4j = dl4j(json, data);
    LocalUpdate expected = dense.train(start, settings);
    LocalUpdate update = dl4j.train(start, settings);
    assertThat(update.loss()).isCloseTo(expected.loss(), offset(1e-4));
    assertThat(update.steps()).isEqualTo(expected.steps());
    assertThat(update.parameters()).hasSameSizeAs(expected.parameters());
    assertThat(update.parameters())
        .usingComparatorWithPrecision(2e-4f)
        .containsExactly(expected.parameters());
    MetricSums expectedMetrics = dense.evaluate(expected.parameters());
    MetricSums metrics = dl4j.evaluate(expected.parameters());
    assertThat(metrics.confusion()).isDeepEqualTo(expectedMetrics.confusion());
    assertThat(metrics.loss() / metrics.examples())
        .isCloseTo(expectedMetrics.loss() / metrics.examples(), offset(1e-4));
    assertThat(metrics.squaredError()).isCloseTo(expectedMetrics.squaredError(), offset(1e-2));
    assertThat(dl4j.losses(expected.parameters(), data.training()))
        .hasSize(data.training().count())
        .usingComparatorWithPrecision(2e-4)
        .containsExactly(dense.losses(expected.parameters(), data.training()));
    dl4j.close();
  }

  @ParameterizedTest
  @CsvSource({
    "64 32 10, tanh, softmax-cross-entropy, last",
    "30 8 1, relu, logistic, last",
    "30 1, relu, mse, mean_radius"
  })
  void perceptronOfTheJobFile_needsNoConfiguration(
      String widths, String activation, String loss, String label) {
    List<Integer> layers = Arrays.stream(widths.split(" ")).map(Integer::valueOf).toList();
    ModelSpec spec = new ModelSpec.Mlp(layers, activation, loss);
    MemberData data =
        layers.get(0) == 64
            ? DIGITS
            : TestData.tumours(label, loss.equals("mse") ? "regression" : "classification");
    JsonNode none = JsonNodeFactory.instance.objectNode();
    TrainerProvider.Context context =
        new TrainerProvider.Context(
            Json.tree(spec), none, none, spec.layout(), () -> data, Path.of(""));
    float[] start = Initializer.parameters(spec.layout(), spec.initial(), 3);
    LocalTraining settings = new LocalTraining(1, 32, "sgd", 0.005, 0, 0, 0, 7);
    try (Trainer trainer = new Dl4jTrainerProvider().open(context)) {
      assertThat(trainer.train(start, settings).parameters())
          .usingComparatorWithPrecision(2e-4f)
          .containsExactly(
              new DenseTrainerProvider().open(context).train(start, settings).parameters());
    }
  }

  /// Of more rows than a block has, one by one; the mean is what an evaluation says.
  @Test
  void losses_areEachRowsOwn() {
    String json = Networks.convolution(false, 0);
    float[] start = initial(Dl4jModel.layout(json));
    Examples rows = DIGITS.training();
    try (Trainer trainer = dl4j(json, new MemberData(rows, rows))) {
      double[] losses = trainer.losses(start, rows);
      MetricSums metrics = trainer.evaluate(start);
      assertThat(losses).hasSize(rows.count()).hasSizeGreaterThan(600);
      assertThat(Arrays.stream(losses).sum()).isCloseTo(metrics.loss(), offset(0.05));
      for (int row : new int[] {0, 255, 256, 600}) {
        Examples one = rows.select(new int[] {row});
        assertThat(trainer.losses(start, one)[0]).isCloseTo(losses[row], offset(1e-5));
      }
      assertThat(trainer.losses(start, rows.select(new int[0]))).isEmpty();
    }
  }

  @Test
  void convolution_learnsDigitsAndKeepsItsStatistics() {
    String json = Networks.convolution(true, 0);
    Layout layout = Dl4jModel.layout(json);
    float[] start = initial(layout);
    Trainer trainer = dl4j(json, DIGITS);
    LocalUpdate update = trainer.train(start, new LocalTraining(4, 32, "adam", 0.01, 0, 0, 0, 1));
    assertThat(trainer.evaluate(update.parameters()).accuracy().orElseThrow()).isGreaterThan(0.9);
    int mean = (int) layout.offset(4);
    assertThat(Arrays.copyOfRange(update.parameters(), mean, mean + 8))
        .isNotEqualTo(Arrays.copyOfRange(start, mean, mean + 8));
    for (float deviation : Arrays.copyOfRange(update.parameters(), mean + 4, mean + 8)) {
      assertThat(Math.pow(10, deviation)).isBetween(0.05, 0.5);
    }
  }

  @Test
  void gradient_agreesWithFiniteDifferences() {
    String json = Networks.convolution(false, 0);
    Layout layout = Dl4jModel.layout(json);
    float[] start = initial(layout);
    Trainer trainer = dl4j(json, DIGITS);
    LocalTraining whole = new LocalTraining(1, 2_000, "sgd", 1, 0, 0, 0, 1);
    float[] stepped = trainer.train(start, whole).parameters();
    float h = 0.02f;
    for (int i = 0; i < start.length; i += 13) {
      float[] moved = start.clone();
      moved[i] = start[i] + h;
      double above = trainer.train(moved, whole).loss();
      moved[i] = start[i] - h;
      double below = trainer.train(moved, whole).loss();
      assertThat((double) start[i] - stepped[i])
          .as("derivative by parameter %d", i)
          .isCloseTo((above - below) / (2 * h), offset(5e-4));
    }
  }

  @Test
  void sameSeed_givesTheSameBitsWithDropout() {
    String json = Networks.convolution(false, 0.5);
    float[] start = initial(Dl4jModel.layout(json));
    LocalTraining settings = new LocalTraining(1, 32, "sgd", 0.1, 0, 0, 0, 5);
    float[] first = dl4j(json, DIGITS).train(start, settings).parameters();
    assertThat(dl4j(json, DIGITS).train(start, settings).parameters()).isEqualTo(first);
    assertThat(start).isEqualTo(initial(Dl4jModel.layout(json)));
  }

  @Test
  void largeProximalMu_holdsTheReceivedParameters() {
    Trainer trainer = dl4j(Networks.digits(), DIGITS);
    float[] start = initial(Dl4jModel.layout(Networks.digits()));
    float[] held =
        trainer.train(start, new LocalTraining(2, 32, "sgd", 1e-4, 0, 9_000, 0, 1)).parameters();
    assertThat(held).usingComparatorWithPrecision(2e-3f).containsExactly(start);
  }

  @Test
  void dataOfAnotherShape_isRefused() {
    Trainer trainer = dl4j(Networks.digits(), TestData.tumours("last", "classification"));
    assertThatThrownBy(() -> trainer.evaluate(new float[64 * 32 + 32 + 320 + 10]))
        .hasMessageContaining("DATA_INVALID")
        .hasMessageContaining("30 features");
  }

  private static Trainer dl4j(String json, MemberData data) {
    JsonNode settings = JsonNodeFactory.instance.objectNode().put("configuration", json);
    JsonNode none = JsonNodeFactory.instance.objectNode();
    return new Dl4jTrainerProvider()
        .open(
            new TrainerProvider.Context(
                none, settings, none, Dl4jModel.layout(json), () -> data, Path.of("")));
  }

  /// Small random weights; gamma is 1.
  private static float[] initial(Layout layout) {
    List<Scheme> schemes =
        layout.tensors().stream().<Scheme>map(tensor -> new Scheme.Normal(0.2)).toList();
    float[] parameters = Initializer.parameters(layout, schemes, 11);
    for (int t = 0; t < schemes.size(); t++) {
      String name = layout.tensors().get(t).name();
      if (name.endsWith("gamma")) {
        int start = (int) layout.offset(t);
        Arrays.fill(parameters, start, start + (int) layout.tensors().get(t).size(), 1);
      }
    }
    return parameters;
  }
}
