package io.rengo.agent;

/// A member's data, split into what it trains on and what it only evaluates on.
///
/// @param augmentation of the training part, applied in each epoch
public record MemberData(Examples training, Examples holdOut, Augmentation augmentation) {
  /// Without augmentation.
  public MemberData(Examples training, Examples holdOut) {
    this(training, holdOut, Augmentation.NONE);
  }

  /// The examples that an epoch trains on.
  public Examples epoch(long seed, int epoch) {
    return augmentation.apply(training, seed, epoch);
  }
}
