package io.rengo.protocol;

import io.rengo.core.aggregation.Bulyan;
import io.rengo.core.aggregation.CoordinateMedian;
import io.rengo.core.aggregation.Mean;
import io.rengo.core.aggregation.Rule;
import io.rengo.core.aggregation.SignMajority;
import io.rengo.core.aggregation.TrimmedMean;
import io.rengo.core.codec.Encoding;
import io.rengo.core.codec.Encoding.Use;

/// Which sections of a job file go together.
final class Combinations {
  private Combinations() {}

  static void check(JobSpec.Aggregation aggregation, Encoding encoding) {
    Use use = use(aggregation.rule());
    Check.that(
        encoding.uses().contains(use),
        "the rule compares updates %s, and this encoding leaves most of an update out"
            .formatted(use == Use.COORDINATES ? "parameter by parameter" : "as wholes"),
        "encoding.kind",
        "Use float32, bfloat16 or int8, or aggregation.rule mean");
    Check.that(
        encoding.uses().contains(Use.DISTANCES)
            || !aggregation.scores() && aggregation.filter().excludesNothing(),
        "scores and filters compare updates, and this encoding leaves most of an update out",
        "encoding.kind",
        "Use float32, bfloat16 or int8, or leave out aggregation.scores and aggregation.filter");
  }

  private static Use use(Rule rule) {
    return switch (rule) {
      case Mean mean -> Use.SUMS;
      case SignMajority signs -> Use.SIGNS;
      case CoordinateMedian median -> Use.COORDINATES;
      case TrimmedMean trimmed -> Use.COORDINATES;
      case Bulyan bulyan -> Use.COORDINATES;
      default -> Use.DISTANCES;
    };
  }
}
