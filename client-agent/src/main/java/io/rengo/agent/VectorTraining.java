package io.rengo.agent;

import io.rengo.agent.state.MemberState;
import io.rengo.core.algorithm.ClientAlgorithm;
import io.rengo.core.algorithm.LocalWork;
import io.rengo.protocol.Task;
import java.util.Optional;

/// Trains by an algorithm whose members keep vectors: the gradient is shifted by the member's and
/// the server's, and the member's moves on.
final class VectorTraining {
  private static final String VECTOR = "vector";

  private final ModelSource models;
  private final MemberState state;

  /// @param vector the member's after the training, as it is sent
  record Result(LocalUpdate update, float[] vector) {}

  VectorTraining(ModelSource models, MemberState state) {
    this.models = models;
    this.state = state;
  }

  Result train(Task task, Trainer trainer, float[] model) {
    ClientAlgorithm algorithm = task.update().algorithm();
    double[] own = own(task, model.length);
    double[] mean =
        algorithm.sharesMean()
            ? doubles(models.vectorMean(task, model.length))
            : new double[model.length];
    LocalTraining settings = LocalTraining.of(task).heldBy(algorithm.proximalMu());
    LocalUpdate update = trainer.train(model, settings, floats(algorithm.shift(own, mean)));
    Optional<double[]> gradient =
        algorithm.needsGradient()
            ? Optional.of(doubles(trainer.gradient(model)))
            : Optional.empty();
    float[] vector =
        floats(
            algorithm.next(
                new LocalWork(
                    doubles(model),
                    doubles(update.parameters()),
                    update.steps(),
                    settings.learningRate(),
                    own,
                    mean,
                    gradient)));
    state.save(task.job(), VECTOR, task.round(), doubles(vector), task.update().counted());
    return new Result(update, vector);
  }

  /// The vector of the last round of which an update counted: whatever was trained since has not
  /// happened. A member that never counted, or lost what it kept, begins from zero.
  private double[] own(Task task, int length) {
    return task.update().counted() == 0
        ? new double[length]
        : state
            .load(task.job(), VECTOR, task.update().counted())
            .filter(vector -> vector.length == length)
            .orElseGet(() -> new double[length]);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
