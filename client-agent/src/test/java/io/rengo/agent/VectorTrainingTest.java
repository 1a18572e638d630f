package io.rengo.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.agent.state.MemoryModel;
import io.rengo.agent.state.MemoryState;
import io.rengo.core.MetricSums;
import io.rengo.core.algorithm.ClientAlgorithm;
import io.rengo.core.algorithm.FedDyn;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import io.rengo.protocol.Trust;
import io.rengo.protocol.UpdateSpec;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which vector a member goes on from: with FedDyn of alpha 1, where each training of [Adding]
/// moves it by -1.
class VectorTrainingTest {
  private static final ClientAlgorithm ALGORITHM = new FedDyn(1);

  /// A store that is not asked: the algorithm shares no mean.
  private static final ObjectStore NO_OBJECTS =
      (ObjectStore)
          Proxy.newProxyInstance(
              ObjectStore.class.getClassLoader(),
              new Class<?>[] {ObjectStore.class},
              (proxy, method, arguments) -> {
                throw new AssertionError(method);
              });

  private final List<Float> shifts = new ArrayList<>();
  private final MemoryState state = new MemoryState();

  /// Adds 1 to each parameter, and remembers what it was to add to the gradient.
  private final class Adding implements Trainer {
    @Override
    public MetricSums evaluate(float[] parameters) {
      return MetricSums.ZERO;
    }

    @Override
    public LocalUpdate train(float[] parameters, LocalTraining settings) {
      return new LocalUpdate(new float[] {parameters[0] + 1}, 1, 1, 0);
    }

    @Override
    public LocalUpdate train(float[] parameters, LocalTraining settings, float[] shift) {
      assertThat(settings.proximalMu()).isEqualTo(1);
      shifts.add(shift[0]);
      return train(parameters, settings);
    }
  }

  @Test
  void vectorMovesOnWithEachUpdateThatCounted() {
    assertThat(vectorAfter(1, 0)).isEqualTo(-1);
    assertThat(vectorAfter(2, 1)).isEqualTo(-2);
    assertThat(vectorAfter(4, 2)).isEqualTo(-3);
    assertThat(shifts).containsExactly(-0f, 1f, 2f);
  }

  @Test
  void updateThatDidNotCountNeverHappened() {
    vectorAfter(1, 0);
    vectorAfter(2, 1);

    assertThat(vectorAfter(3, 1)).isEqualTo(-2);
  }

  @Test
  void taskThatIsDoneTwiceMovesItOnce() {
    vectorAfter(1, 0);

    assertThat(vectorAfter(2, 1)).isEqualTo(vectorAfter(2, 1));
  }

  @Test
  void memberThatLostItBeginsAgain() {
    assertThat(vectorAfter(9, 8)).isEqualTo(-1);
  }

  @Test
  void trainerThatCannotShiftRefusesTheTask() {
    Trainer plain =
        new Trainer() {
          @Override
          public MetricSums evaluate(float[] parameters) {
            return MetricSums.ZERO;
          }

          @Override
          public LocalUpdate train(float[] parameters, LocalTraining settings) {
            return new LocalUpdate(parameters, 1, 1, 0);
          }
        };

    assertThatThrownBy(() -> training().train(task(1, 0), plain, new float[] {0}))
        .isInstanceOf(RengoException.class)
        .hasMessageContaining("does not shift the gradient");
  }

  private float vectorAfter(int round, int counted) {
    return training().train(task(round, counted), new Adding(), new float[] {5}).vector()[0];
  }

  private VectorTraining training() {
    return new VectorTraining(new ModelSource(NO_OBJECTS, new MemoryModel()), state);
  }

  private static Task task(int round, int counted) {
    JobSpec spec = JobFile.parse("model: {kind: mlp, layers: [1, 1]}", "job");
    return new Task(
        Task.VERSION,
        "fed",
        "job",
        round,
        "ann",
        Purpose.TRAIN,
        new ModelRef(0, "key", 1, "layout", "hash"),
        spec.model(),
        spec.training(),
        new UpdateSpec(ALGORITHM, spec.encoding(), counted),
        round,
        Instant.EPOCH,
        1,
        1L << 26,
        Trust.NONE,
        Optional.empty());
  }
}
