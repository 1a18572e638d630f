package io.rengo.agent;

/// Random changes of the training examples, other ones in each epoch: the same seed and epoch give
/// the same examples.
@FunctionalInterface
public interface Augmentation {
  /// Leaves the examples as they are.
  Augmentation NONE = (training, seed, epoch) -> training;

  /// As many examples as there were, with the same targets.
  Examples apply(Examples training, long seed, int epoch);
}
