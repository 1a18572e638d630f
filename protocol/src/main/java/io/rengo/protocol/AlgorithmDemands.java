package io.rengo.protocol;

import io.rengo.core.CohortRule;
import io.rengo.core.FedAvg;
import io.rengo.core.ServerOptimizer;
import io.rengo.core.aggregation.Mean;
import io.rengo.core.algorithm.ClientAlgorithm;
import io.rengo.core.algorithm.FedDyn;
import io.rengo.core.algorithm.FedNova;
import io.rengo.core.algorithm.Plain;
import io.rengo.core.algorithm.Scaffold;
import io.rengo.core.codec.Encoding;
import io.rengo.core.codec.RandomK;

/// What an algorithm needs of the other sections: where the papers' arithmetic would not hold, a
/// job is refused.
final class AlgorithmDemands {
  private static final String FIELD = "algorithm.name";

  private AlgorithmDemands() {}

  static void check(
      ClientAlgorithm algorithm,
      TrainingSpec training,
      JobSpec.Aggregation aggregation,
      ServerOptimizer optimizer,
      Encoding encoding) {
    if (algorithm instanceof Plain) {
      return;
    }
    Check.that(
        aggregation.rule() instanceof Mean && aggregation.filter().excludesNothing(),
        "the algorithm makes a weighted mean of all updates, the aggregation does not",
        FIELD,
        "Use aggregation.rule mean without a filter, or algorithm plain");
    Check.that(
        !(algorithm.keepsVectors() && encoding.keepsError()),
        "members send a whole vector beside the update, and this encoding leaves most of it out",
        "encoding.kind",
        "Use float32, bfloat16 or int8");
    switch (algorithm) {
      case Plain plain -> {}
      case Scaffold scaffold -> checkScaffold(training);
      case FedNova fedNova -> checkFedNova(training);
      case FedDyn fedDyn -> checkFedDyn(training, optimizer);
    }
  }

  /// Vectors and steps tell of a member's data what no noise hides.
  static void checkPrivate(ClientAlgorithm algorithm) {
    Check.that(
        algorithm instanceof Plain,
        "what members send beside their updates is not covered by the promise of privacy",
        FIELD,
        "Use plain, or leave out privacy");
  }

  /// What a buffer can hold.
  static void checkBuffer(
      ClientAlgorithm algorithm,
      Encoding encoding,
      JobSpec.Aggregation aggregation,
      CohortRule cohort,
      boolean isPrivate) {
    Check.that(
        algorithm instanceof Plain
            && !(encoding instanceof RandomK)
            && aggregation.rule() instanceof Mean
            && aggregation.filter().excludesNothing()
            && cohort instanceof CohortRule.All
            && !isPrivate,
        "a buffer takes the weighted mean of updates of all members as they come",
        "buffer",
        "Use algorithm plain, aggregation.rule mean without a filter, cohort.rule all, another"
            + " encoding than random-k, and no privacy; or leave out buffer");
  }

  private static void checkScaffold(TrainingSpec training) {
    Check.that(
        training.optimizer().equals("sgd")
            && training.proximalMu() == 0
            && training.clipNorm() == 0,
        "scaffold estimates gradients from plain steps, and the training is not by such alone",
        FIELD,
        "Use training.optimizer sgd with proximal-mu 0 and clip-norm 0");
  }

  private static void checkFedNova(TrainingSpec training) {
    boolean momentum = training.optimizer().equals("momentum") && training.momentum() > 0;
    boolean proximal = training.proximalMu() > 0;
    Check.that(
        !training.optimizer().equals("adam") && !(momentum && proximal),
        "fednova knows what a step counts for sgd, momentum or a proximal term, one of them",
        FIELD,
        "Use training.optimizer sgd, or momentum with proximal-mu 0");
    Check.that(
        training.learningRate() * training.proximalMu() < 1,
        "learning-rate times proximal-mu is 1 or more: steps overshoot the received model",
        "training.proximal-mu",
        "Lower training.learning-rate or training.proximal-mu");
  }

  private static void checkFedDyn(TrainingSpec training, ServerOptimizer optimizer) {
    Check.that(
        training.proximalMu() == 0,
        "feddyn has a proximal term of its own, algorithm.alpha",
        "training.proximal-mu",
        "Set it to 0");
    Check.that(
        optimizer instanceof FedAvg fedAvg && fedAvg.learningRate() == 1,
        "feddyn sets the model itself, and the server optimiser would move it elsewhere",
        "server-optimizer.name",
        "Use fedavg with learning-rate 1");
  }
}
