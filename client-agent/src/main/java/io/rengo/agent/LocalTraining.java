package io.rengo.agent;

import io.rengo.protocol.PrivacySpec;
import io.rengo.protocol.Task;
import io.rengo.protocol.TrainingSpec;
import java.util.Optional;

/// How to train on the member's data, as the task says it.
///
/// @param epochs passes over the data, 1 or more
/// @param batchSize rows of a minibatch; the last of an epoch may have fewer
/// @param optimizer `sgd`, `momentum` or `adam`
/// @param learningRate above 0
/// @param momentum of `momentum`, in [0, 1)
/// @param proximalMu FedProx's mu: the gradient gets `mu (w - x)` with x the received model (Li et
///   al. 2020); 0 for none
/// @param clipNorm the largest L2 norm of a minibatch's gradient; 0 for no clipping
/// @param privacy how to hide the examples, where the job asks for it; then `clipNorm` and the
///   order of the examples do not count
/// @param seed of the order of the examples and of everything random in the training
public record LocalTraining(
    int epochs,
    int batchSize,
    String optimizer,
    double learningRate,
    double momentum,
    double proximalMu,
    double clipNorm,
    long seed,
    Optional<PrivateTraining> privacy) {
  /// Without privacy.
  public LocalTraining(
      int epochs,
      int batchSize,
      String optimizer,
      double learningRate,
      double momentum,
      double proximalMu,
      double clipNorm,
      long seed) {
    this(
        epochs,
        batchSize,
        optimizer,
        learningRate,
        momentum,
        proximalMu,
        clipNorm,
        seed,
        Optional.empty());
  }

  /// The same, held nearer to the received model.
  LocalTraining heldBy(double more) {
    return new LocalTraining(
        epochs,
        batchSize,
        optimizer,
        learningRate,
        momentum,
        proximalMu + more,
        clipNorm,
        seed,
        privacy);
  }

  /// The same with another number of passes.
  LocalTraining passes(int newEpochs) {
    return new LocalTraining(
        newEpochs,
        batchSize,
        optimizer,
        learningRate,
        momentum,
        proximalMu,
        clipNorm,
        seed,
        privacy);
  }

  /// The same with another seed.
  LocalTraining withSeed(long newSeed) {
    return new LocalTraining(
        epochs,
        batchSize,
        optimizer,
        learningRate,
        momentum,
        proximalMu,
        clipNorm,
        newSeed,
        privacy);
  }

  static LocalTraining of(Task task) {
    TrainingSpec spec = task.training();
    return new LocalTraining(
        spec.epochs(),
        spec.batchSize(),
        spec.optimizer(),
        spec.learningRate(),
        spec.momentum(),
        spec.proximalMu(),
        spec.clipNorm(),
        task.seed(),
        task.privacy()
            .filter(privacy -> privacy.mechanism() == PrivacySpec.Mechanism.DP_SGD)
            .map(privacy -> new PrivateTraining(privacy.clipNorm(), privacy.noiseMultiplier())));
  }
}
