package io.rengo.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.algorithm.LocalSteps;
import java.util.regex.Pattern;

/// How members train.
///
/// @param trainer `dense`, `dl4j`, `process` or another that the agents have
/// @param epochs passes over the member's data in a round
/// @param batchSize rows of a minibatch
/// @param optimizer `sgd`, `momentum` or `adam`
/// @param learningRate of the member's optimiser
/// @param momentum of `momentum`
/// @param proximalMu FedProx's mu (Li et al. 2020); 0 for none
/// @param clipNorm the largest L2 norm of a minibatch's gradient; 0 for no clipping
/// @param settings the trainer's own
public record TrainingSpec(
    String trainer,
    int epochs,
    int batchSize,
    String optimizer,
    double learningRate,
    double momentum,
    double proximalMu,
    double clipNorm,
    JsonNode settings) {
  private static final Pattern TRAINER = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  /// How members step.
  public LocalSteps steps() {
    return new LocalSteps(learningRate, optimizer.equals("momentum") ? momentum : 0, proximalMu);
  }

  /// The most minibatches that a member of so many rows does in a round.
  public long mostSteps(long examples) {
    return Math.multiplyExact(epochs, Math.ceilDiv(examples, batchSize));
  }

  public TrainingSpec {
    Check.that(
        TRAINER.matcher(trainer).matches(),
        "«" + trainer + "» is not a trainer's name",
        "training.trainer",
        "Name a trainer that the agents have, as dense");
    Check.atLeast(epochs, 1, "training.epochs");
    Check.atLeast(batchSize, 1, "training.batch-size");
    Check.oneOf(optimizer, "training.optimizer", "sgd", "momentum", "adam");
    Check.positive(learningRate, "training.learning-rate");
    Check.inRange(momentum, 0, 0.9999, "training.momentum");
    Check.inRange(proximalMu, 0, 1e6, "training.proximal-mu");
    Check.inRange(clipNorm, 0, 1e12, "training.clip-norm");
    Check.section(
        settings, "training.settings", "Write the trainer's own fields below it, or leave it out");
  }
}
