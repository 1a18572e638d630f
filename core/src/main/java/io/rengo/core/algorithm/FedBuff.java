package io.rengo.core.algorithm;

import java.util.Arrays;

/// FedBuff: no rounds. Members train from the newest model whenever they are free; their updates
/// gather in a buffer, and when it holds enough of them the server steps by `sum s(tau_k) d_k / K`.
/// An update is `tau` versions stale when it comes, and counts `s(tau) = (1 + tau)^-a` (Nguyen et
/// al. 2022, "Federated Learning with Buffered Asynchronous Aggregation").
///
/// @param size K, updates of a step, 1 or more; 10 in the paper
/// @param exponent a, 0 or more: 0.5 in the paper, 0 for all the same
/// @param normalise whether to divide by the sum of the weights and not, as in the paper, by K
/// @param mostStale versions beyond which an update is refused, 0 or more
public record FedBuff(int size, double exponent, boolean normalise, int mostStale) {
  public FedBuff {
    if (size < 1) {
      throw new IllegalArgumentException("size is " + size + ", it must be 1 or more");
    }
    if (!(exponent >= 0 && Double.isFinite(exponent))) {
      throw new IllegalArgumentException("exponent is " + exponent + ", it must be 0 or more");
    }
    if (mostStale < 0) {
      throw new IllegalArgumentException("mostStale is " + mostStale + ", it must be 0 or more");
    }
  }

  /// What an update counts.
  ///
  /// @param staleness versions between the model that it began from and the newest, 0 or more
  public double weight(int staleness) {
    return Math.pow(1.0 + staleness, -exponent);
  }

  /// What the weighted mean of these updates is multiplied by.
  ///
  /// @param weights of the updates in the buffer
  public double factor(double[] weights) {
    return normalise ? 1 : Arrays.stream(weights).sum() / weights.length;
  }
}
