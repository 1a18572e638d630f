package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rengo.core.CohortRule;
import io.rengo.core.FedAdagrad;
import io.rengo.core.FedAdam;
import io.rengo.core.FedAvg;
import io.rengo.core.FedAvgM;
import io.rengo.core.FedYogi;
import io.rengo.core.Initializer;
import io.rengo.core.ServerOptimizer;
import io.rengo.core.aggregation.Filter;
import io.rengo.core.aggregation.Mean;
import io.rengo.core.algorithm.Plain;
import io.rengo.core.codec.Float32;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JobFileTest {
  private static final String MODEL = "model: {kind: mlp, layers: [4, 2]}\n";

  private static JobSpec with(String lines) {
    return JobFile.parse(MODEL + lines, "job.yaml");
  }

  private static RengoException refused(String text) {
    return catchThrowableOfType(RengoException.class, () -> JobFile.parse(text, "job.yaml"));
  }

  @Test
  void model_alone_takesEveryDefault() {
    JobSpec spec = with("");
    assertThat(spec.version()).isEqualTo(1);
    assertThat(spec.description()).isEmpty();
    assertThat(spec.seed()).isEmpty();
    assertThat(spec.model())
        .isEqualTo(new ModelSpec.Mlp(List.of(4, 2), "relu", "softmax-cross-entropy"));
    TrainingSpec training = spec.training();
    assertThat(training)
        .isEqualTo(new TrainingSpec("dense", 1, 32, "sgd", 0.1, 0.9, 0, 0, training.settings()));
    assertThat(training.settings()).isEmpty();
    assertThat(spec.rounds()).isEqualTo(new JobSpec.Rounds(10, 2, 1, Duration.ofMinutes(10), 2));
    assertThat(spec.cohort()).isEqualTo(new CohortRule.All());
    assertThat(spec.aggregation())
        .isEqualTo(
            new JobSpec.Aggregation(
                new Mean(),
                new Filter(Optional.empty(), Optional.empty()),
                false,
                1_000_000,
                64 << 20,
                32L << 30,
                Duration.ofSeconds(20)));
    assertThat(spec.serverOptimizer()).isEqualTo(FedAvg.defaults());
    assertThat(spec.algorithm()).isEqualTo(new Plain());
    assertThat(spec.encoding()).isEqualTo(new Float32());
    assertThat(spec.stop()).isEqualTo(new JobSpec.Stop(Optional.empty(), Optional.empty()));
    assertThat(spec.simulation()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "encoding: {kind: top-k}\naggregation: {rule: {name: median}}",
        "encoding: {kind: random-k}\naggregation: {rule: {name: krum, byzantine: 1}}",
        "encoding: {kind: sign}\naggregation: {rule: {name: geometric-median}}",
        "encoding: {kind: sign}\naggregation: {scores: true}"
      })
  void encodingThatLeavesMostOut_isRefusedWithWhatComparesUpdates(String lines) {
    assertThat(refused(MODEL + lines).getMessage())
        .contains("encoding.kind", "leaves most of an update out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "encoding: {kind: int8}\naggregation: {rule: {name: median}}",
        "encoding: {kind: sign}\naggregation: {rule: {name: sign-majority, step: 0.01}}",
        "encoding: {kind: top-k}"
      })
  void encodingThatSuitsTheRule_isTaken(String lines) {
    assertThat(with(lines).encoding()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "algorithm: {name: scaffold}\ntraining: {optimizer: momentum}",
        "algorithm: {name: scaffold}\ntraining: {proximal-mu: 0.1}",
        "algorithm: {name: scaffold}\naggregation: {rule: {name: median}}",
        "algorithm: {name: scaffold}\nencoding: {kind: top-k}",
        "algorithm: {name: fednova}\ntraining: {optimizer: adam}",
        "algorithm: {name: fednova}\ntraining: {optimizer: momentum, proximal-mu: 0.1}",
        "algorithm: {name: fednova}\ntraining: {learning-rate: 2, proximal-mu: 0.5}",
        "algorithm: {name: feddyn}\ntraining: {proximal-mu: 0.1}",
        "algorithm: {name: feddyn}\nserver-optimizer: {name: fedadam}"
      })
  void algorithm_isRefusedWithWhatItsArithmeticDoesNotHoldFor(String lines) {
    assertThat(refused(MODEL + lines).code()).isEqualTo(ErrorCode.JOB_INVALID);
  }

  @Test
  void oneFieldOfASection_leavesTheOthersAtTheirDefaults() {
    assertThat(with("rounds: {count: 3}").rounds())
        .isEqualTo(new JobSpec.Rounds(3, 2, 1, Duration.ofMinutes(10), 2));
  }

  @Test
  void cnn_hasItsTensorsInOrder() {
    ModelSpec model =
        JobFile.parse(
                "model: {kind: cnn, input: [28, 28, 1], layers: [32, 10], convolutions:"
                    + " [{filters: 16, kernel: 8, stride: 2, pool: 2}, {filters: 32, kernel: 4,"
                    + " stride: 1, pool: 1}]}",
                "job.yaml")
            .model();
    assertThat(model.layout().tensors().stream().map(tensor -> tensor.name() + tensor.shape()))
        .containsExactly(
            "convolutions.0.kernel[64, 16]",
            "convolutions.0.bias[16]",
            "convolutions.1.kernel[256, 32]",
            "convolutions.1.bias[32]",
            "layers.0.kernel[128, 32]",
            "layers.0.bias[32]",
            "layers.1.kernel[32, 10]",
            "layers.1.bias[10]");
    assertThat(model.initial()).hasSize(8).startsWith(new Initializer.Scheme.He());
  }

  @Test
  void cohort_hasEveryRuleByName() {
    Map<String, CohortRule> rules =
        Map.of(
            "{rule: all}", new CohortRule.All(),
            "{rule: uniform, size: 3}", new CohortRule.UniformSample(3),
            "{rule: poisson, rate: 0.5}", new CohortRule.PoissonSample(0.5),
            "{rule: turns, every: 8}", new CohortRule.Turns(8),
            "{rule: weighted, size: 3}", new CohortRule.WeightedSample(3),
            "{rule: straggler-aware, size: 3}", new CohortRule.StragglerAware(3));
    rules.forEach((text, rule) -> assertThat(with("cohort: " + text).cohort()).isEqualTo(rule));
    assertThat(rules).hasSize(CohortRule.class.getPermittedSubclasses().length);
  }

  @Test
  void serverOptimizer_hasEveryMethodByNameAndItsDefaults() {
    Map<String, ServerOptimizer> methods =
        Map.of(
            "fedavg", FedAvg.defaults(),
            "fedavgm", FedAvgM.defaults(),
            "fedadagrad", FedAdagrad.defaults(),
            "fedadam", FedAdam.defaults(),
            "fedyogi", FedYogi.defaults());
    methods.forEach((name, method) ->
        assertThat(with("server-optimizer: {name: " + name + "}").serverOptimizer())
            .isEqualTo(method));
    assertThat(methods).hasSize(ServerOptimizer.class.getPermittedSubclasses().length);
  }

  @Test
  void simulation_takesItsPartitionsDefaults() {
    SimulationSpec simulation =
        with("simulation: {members: 5, data: {path: x.csv}}").simulation().orElseThrow();
    assertThat(simulation.members()).isEqualTo(5);
    assertThat(simulation.data().path("path").asText()).isEqualTo("x.csv");
    assertThat(simulation.partition())
        .isEqualTo(new SimulationSpec.Partition(SimulationSpec.Kind.DIRICHLET, 0.5, 1, 1));
  }

  @Test
  void mlp_liesAsKernelsAndBiasesInOrder() {
    ModelSpec.Mlp mlp = new ModelSpec.Mlp(List.of(3, 2, 1), "tanh", "mse");
    assertThat(mlp.layout().tensors())
        .extracting(tensor -> tensor.name() + tensor.shape())
        .containsExactly(
            "layers.0.kernel[3, 2]",
            "layers.0.bias[2]",
            "layers.1.kernel[2, 1]",
            "layers.1.bias[1]");
    assertThat(mlp.initial())
        .containsExactly(
            new Initializer.Scheme.Glorot(),
            new Initializer.Scheme.Zeros(),
            new Initializer.Scheme.Glorot(),
            new Initializer.Scheme.Zeros());
  }

  @ParameterizedTest
  @MethodSource("io.rengo.protocol.SampleJobs#good")
  void goodFile_isTheSameAfterWritingAndReading(Path file) {
    JobSpec spec = JobFile.parse(SampleJobs.text(file), file.toString());
    assertThat(JobFile.parse(JobFile.write(spec), "written")).isEqualTo(spec);
    assertThat(JobFile.parse(JobFile.write(spec).toString(), "as text")).isEqualTo(spec);
  }

  @ParameterizedTest
  @MethodSource("io.rengo.protocol.SampleJobs#bad")
  void badFile_isRefusedWithFieldReasonAndMend(Path file) {
    Map<String, String> expected = SampleJobs.expected(file);
    RengoException error = refused(SampleJobs.text(file));
    assertThat(error).isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.JOB_INVALID);
    assertThat(error.where()).isEqualTo("job.yaml, field " + expected.get("field"));
    assertThat(error.what()).contains(expected.get("what"));
    assertThat(error.mend()).contains(expected.get("mend"));
    assertThat(error.getMessage()).doesNotContain("Jackson", "java.", "io.rengo", "creator");
  }

  @Test
  void textThatIsNoYaml_saysLineAndColumn() {
    RengoException error = refused("model:\n  kind: [mlp\nrounds: 3\n");
    assertThat(error.code()).isEqualTo(ErrorCode.JOB_INVALID);
    assertThat(error.what()).startsWith("not YAML: ");
    assertThat(error.where()).matches("job\\.yaml, line 3, column \\d+");
  }

  @Test
  void fieldGivenTwice_saysWhichAndWhere() {
    RengoException error = refused(MODEL + "seed: 1\nseed: 2\n");
    assertThat(error.what()).contains("seed");
    assertThat(error.where()).startsWith("job.yaml, line 3");
  }

  @Test
  void secondDocument_isRefused() {
    assertThat(refused(MODEL + "---\nseed: 1\n").what()).startsWith("not YAML");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "[1, 2]", "text", "null"})
  void whatIsNoListOfFields_saysHowToBegin(String text) {
    RengoException error = refused(text);
    assertThat(error.where()).isEqualTo("job.yaml");
    assertThat(error.mend()).startsWith("Begin with the sections model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"learning-rate", "momentum", "clip-norm"})
  void numberThatIsNotFinite_isRefused(String field) {
    assertThat(refused(MODEL + "training: {" + field + ": 1e999}").where())
        .isEqualTo("job.yaml, field training." + field);
    for (String number : List.of(".nan", ".inf", "-.inf")) {
      assertThat(refused(MODEL + "training: {" + field + ": " + number + "}").where())
          .startsWith("job.yaml, line 2, column ");
    }
  }

  @Test
  void deadline_isBetweenASecondAndThirtyDays() {
    assertThat(with("rounds: {deadline: 30d}").rounds().deadline()).isEqualTo(Duration.ofDays(30));
    assertThat(refused(MODEL + "rounds: {deadline: 31d}").what())
        .isEqualTo("31d is not between 1 second and 30 days");
    assertThat(refused(MODEL + "aggregation: {tile-time: 13m}").what())
        .isEqualTo("13m is not between 1 second and 12 minutes");
    assertThat(refused(MODEL + "rounds: {deadline: 999ms}").where())
        .isEqualTo("job.yaml, field rounds.deadline");
  }

  @Test
  void twoTensorsOfOneName_areRefused() {
    RengoException error =
        refused(
            "model: {kind: tensors, tensors: [{name: a, shape: [1], init: he},"
                + " {name: a, shape: [2], init: he}]}");
    assertThat(error.what()).isEqualTo("tensor a appears twice");
    assertThat(error.where()).isEqualTo("job.yaml, field model.tensors");
  }
}
