package io.rengo.lambdas;

import io.rengo.core.aggregation.Rule;
import io.rengo.protocol.ErrorCode;

/// How many updates a rule needs.
final class Bound {
  private Bound() {}

  /// Why a number of updates is not enough, or nothing.
  static String shortfall(Rule rule, int count) {
    return count >= rule.fewest()
        ? ""
        : "%s: %d updates count, the rule needs %d (%s)"
            .formatted(ErrorCode.BELOW_BOUND, count, rule.fewest(), rule.bound());
  }
}
