package io.rengo.trainer.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rengo.agent.LocalTraining;
import io.rengo.agent.LocalUpdate;
import io.rengo.agent.MemberData;
import io.rengo.agent.data.DataLoader;
import io.rengo.agent.data.DataSettings;
import io.rengo.core.MetricSums;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DenseTrainerTest {
  private static final DenseModel DIGITS_MODEL =
      new DenseModel(List.of(64, 32, 10), Activation.RELU, Loss.SOFTMAX_CROSS_ENTROPY);
  private static final MemberData DIGITS =
      data("{'format':'csv','path':'digits.csv.gz','normalise':{'kind':'scale','by':0.0625}}");

  @Test
  void digits_areLearnedInAFewEpochs() {
    DenseTrainer trainer = trainer(DIGITS_MODEL, DIGITS);
    float[] start = initial(DIGITS_MODEL);
    LocalUpdate update = trainer.train(start, settings("sgd", 8, 0.1, 0, 0));
    assertThat(accuracy(trainer.evaluate(start))).isLessThan(0.3);
    assertThat(accuracy(trainer.evaluate(update.parameters()))).isGreaterThan(0.9);
    assertThat(update.examples()).isEqualTo(1438);
    assertThat(update.steps()).isEqualTo(8 * 45);
    assertThat(start).isEqualTo(initial(DIGITS_MODEL));
  }

  @Test
  void everyOptimizer_learns() {
    DenseTrainer trainer = trainer(DIGITS_MODEL, DIGITS);
    for (LocalTraining settings :
        List.of(
            settings("momentum", 4, 0.02, 0, 0),
            settings("adam", 4, 0.003, 0, 0),
            settings("sgd", 6, 0.1, 0.01, 5))) {
      LocalUpdate update = trainer.train(initial(DIGITS_MODEL), settings);
      assertThat(accuracy(trainer.evaluate(update.parameters())))
          .as("%s", settings)
          .isGreaterThan(0.9);
    }
  }

  @Test
  void logisticRegression_learnsTheTumours() {
    DenseModel model = new DenseModel(List.of(30, 1), Activation.RELU, Loss.LOGISTIC);
    MemberData data = data("{'format':'csv','path':'wdbc.csv.gz','normalise':{'kind':'standard'}}");
    DenseTrainer trainer = trainer(model, data);
    LocalUpdate update = trainer.train(new float[31], settings("sgd", 10, 0.1, 0, 0));
    MetricSums metrics = trainer.evaluate(update.parameters());
    assertThat(metrics.confusion()).hasDimensions(2, 2);
    assertThat(accuracy(metrics)).isGreaterThan(0.95);
  }

  @Test
  void linearRegression_findsTheLine() {
    DenseModel model = new DenseModel(List.of(30, 1), Activation.RELU, Loss.MSE);
    MemberData data =
        data(
            "{'format':'csv','path':'wdbc.csv.gz','task':'regression','label':'mean_radius',"
                + "'normalise':{'kind':'standard'}}");
    DenseTrainer trainer = trainer(model, data);
    MetricSums before = trainer.evaluate(new float[31]);
    LocalUpdate update = trainer.train(new float[31], settings("sgd", 30, 0.01, 0, 0));
    MetricSums after = trainer.evaluate(update.parameters());
    assertThat(after.confusion()).isEmpty();
    assertThat(after.squaredError())
        .isEqualTo(after.loss())
        .isLessThan(before.squaredError() / 100);
  }

  @Test
  void sameSeed_givesTheSameBitsOnBothKernels() {
    LocalTraining settings = settings("momentum", 2, 0.05, 0.1, 1);
    float[] start = initial(DIGITS_MODEL);
    LocalUpdate first = trainer(DIGITS_MODEL, DIGITS).train(start, settings);
    LocalUpdate second =
        new DenseTrainer(DIGITS_MODEL, new PlainKernels(), () -> DIGITS).train(start, settings);
    assertThat(second.parameters()).isEqualTo(first.parameters());
    assertThat(second.loss()).isEqualTo(first.loss());
    LocalTraining reseeded = new LocalTraining(2, 32, "momentum", 0.05, 0.9, 0.1, 1, 2);
    assertThat(trainer(DIGITS_MODEL, DIGITS).train(start, reseeded).parameters())
        .isNotEqualTo(first.parameters());
  }

  @Test
  void largeProximalMu_holdsTheReceivedParameters() {
    DenseTrainer trainer = trainer(DIGITS_MODEL, DIGITS);
    float[] start = initial(DIGITS_MODEL);
    double free = distance(start, trainer.train(start, settings("sgd", 3, 1e-4, 0, 0)));
    double held = distance(start, trainer.train(start, settings("sgd", 3, 1e-4, 9_000, 0)));
    assertThat(held).isLessThan(free / 20);
  }

  @Test
  void proximalTerm_changesNothingInTheFirstStep() {
    DenseTrainer trainer = trainer(DIGITS_MODEL, DIGITS);
    float[] start = initial(DIGITS_MODEL);
    LocalTraining whole = new LocalTraining(1, 2_000, "sgd", 0.1, 0, 0, 0, 1);
    LocalTraining proximal = new LocalTraining(1, 2_000, "sgd", 0.1, 0, 7, 0, 1);
    assertThat(trainer.train(start, proximal).parameters())
        .isEqualTo(trainer.train(start, whole).parameters());
  }

  @Test
  void clipping_boundsTheStep() {
    DenseTrainer trainer = trainer(DIGITS_MODEL, DIGITS);
    float[] start = initial(DIGITS_MODEL);
    LocalTraining clipped = new LocalTraining(1, 2_000, "sgd", 1, 0, 0, 0.01, 1);
    assertThat(distance(start, trainer.train(start, clipped)))
        .isCloseTo(0.01, org.assertj.core.data.Offset.offset(1e-4));
  }

  @Test
  void gradient_isThatOfAStepOnAllRows() {
    DenseTrainer trainer = trainer(DIGITS_MODEL, DIGITS);
    float[] start = initial(DIGITS_MODEL);
    LocalTraining step = new LocalTraining(1, 2_000, "sgd", 0.5, 0, 0, 0, 1);
    float[] stepped = trainer.train(start, step).parameters();
    float[] gradient = trainer.gradient(start);
    for (int i = 0; i < start.length; i++) {
      stepped[i] += 0.5f * gradient[i];
    }
    assertThat(distance(start, stepped)).isLessThan(1e-5);
    assertThat(distance(new float[start.length], gradient)).isGreaterThan(0.1);
  }

  @Test
  void shift_isAddedToEveryGradient() {
    DenseTrainer trainer = trainer(DIGITS_MODEL, DIGITS);
    float[] start = initial(DIGITS_MODEL);
    float[] shift = new float[start.length];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = i % 7 - 3;
    }
    LocalTraining step = new LocalTraining(1, 2_000, "sgd", 0.01, 0, 0, 0, 1);
    float[] plain = trainer.train(start, step).parameters();
    float[] shifted = trainer.train(start, step, shift).parameters();
    for (int i = 0; i < start.length; i++) {
      shifted[i] += 0.01f * shift[i];
    }
    assertThat(distance(plain, shifted)).isLessThan(1e-5);
    assertThat(trainer.train(start, step, new float[start.length]).parameters()).isEqualTo(plain);
  }

  @Test
  void dataOfAnotherShape_isRefused() {
    DenseModel narrow =
        new DenseModel(List.of(63, 10), Activation.RELU, Loss.SOFTMAX_CROSS_ENTROPY);
    DenseModel few = new DenseModel(List.of(64, 9), Activation.RELU, Loss.SOFTMAX_CROSS_ENTROPY);
    assertThatThrownBy(() -> trainer(narrow, DIGITS).evaluate(new float[640]))
        .hasMessageContaining("DATA_INVALID")
        .hasMessageContaining("64 features");
    assertThatThrownBy(() -> trainer(few, DIGITS).evaluate(new float[585]))
        .hasMessageContaining("no class of 9");
  }

  private static DenseTrainer trainer(DenseModel model, MemberData data) {
    return new DenseTrainer(model, new VectorKernels(), () -> data);
  }

  private static LocalTraining settings(
      String optimizer, int epochs, double rate, double mu, double clip) {
    return new LocalTraining(epochs, 32, optimizer, rate, 0.9, mu, clip, 1);
  }

  private static float[] initial(DenseModel model) {
    float[] parameters = new float[model.size()];
    Random random = new Random(3);
    int start = 0;
    for (int i = 0; i + 1 < model.widths().size(); i++) {
      int inputs = model.widths().get(i);
      int outputs = model.widths().get(i + 1);
      for (int j = 0; j < inputs * outputs; j++) {
        parameters[start + j] = (float) (random.nextGaussian() * Math.sqrt(2.0 / inputs));
      }
      start += inputs * outputs + outputs;
    }
    return parameters;
  }

  private static double distance(float[] start, LocalUpdate update) {
    return distance(start, update.parameters());
  }

  private static double distance(float[] start, float[] end) {
    double squares = 0;
    for (int i = 0; i < start.length; i++) {
      squares += Math.pow(end[i] - start[i], 2);
    }
    return Math.sqrt(squares);
  }

  private static double accuracy(MetricSums metrics) {
    long right = 0;
    for (int i = 0; i < metrics.confusion().length; i++) {
      right += metrics.confusion()[i][i];
    }
    return (double) right / metrics.examples();
  }

  private static MemberData data(String json) {
    try {
      DataSettings settings =
          DataSettings.from(new JsonMapper().readTree(json.replace('\'', '"')), "test");
      return DataLoader.load(
          settings, Path.of(System.getProperty("rengo.root"), "examples", "data"));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
