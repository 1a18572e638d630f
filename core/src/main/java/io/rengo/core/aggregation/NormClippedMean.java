package io.rengo.core.aggregation;

import io.rengo.core.Range;
import java.util.Optional;

/// The mean of updates that are scaled down to a norm of at most `norm`. It bounds what one update
/// can do, and does not exclude it: a norm that is far above the honest ones protects nothing.
///
/// @param norm above 0; where it is not given, the median of the round's norms
/// @param byExamples whether updates weigh by their examples, which members report themselves
public record NormClippedMean(Optional<Double> norm, boolean byExamples) implements Rule {
  public NormClippedMean {
    norm.ifPresent(value -> Range.positive("norm", value));
  }

  @Override
  public Measure measure() {
    return Measure.NORMS;
  }

  @Override
  public int fewest() {
    return 1;
  }

  @Override
  public String bound() {
    return "one update; each of n moves the mean by at most norm/n";
  }

  @Override
  public Weighing weigh(Gram gram, double[] examples) {
    double most = norm.orElseGet(() -> Order.median(gram.norms(examples.length)));
    return Rule.weighing(
        examples.length, i -> clipped(gram.norm(i), most, byExamples ? examples[i] : 1));
  }

  /// An update of this norm that may have at most another.
  static Weight clipped(double norm, double most, double share) {
    return norm <= most
        ? Weight.counted(share)
        : Weight.reduced(share * (most / norm), share, "norm %.4g clipped to %.4g", norm, most);
  }
}
