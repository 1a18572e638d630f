package io.rengo.core.aggregation;

import io.rengo.core.Range;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Excludes unusual updates before the rule sees them.
///
/// @param normZ the largest robust z-score of a norm, in either direction, above 0; 3.5 is usual
/// @param cosine the least cosine to the coordinate median of the round, in [-1, 1]
public record Filter(Optional<Double> normZ, Optional<Double> cosine) {
  public Filter {
    normZ.ifPresent(value -> Range.positive("normZ", value));
    cosine.ifPresent(value -> {
      if (!(value >= -1 && value <= 1)) {
        throw new IllegalArgumentException("cosine is " + value + ", it must be in [-1, 1]");
      }
    });
  }

  /// Whether it excludes nothing.
  public boolean excludesNothing() {
    return normZ.isEmpty() && cosine.isEmpty();
  }

  /// Why each update is excluded; empty where it is not.
  ///
  /// @param gram of the updates and, in some row below them, of their coordinate median; the norms
  ///   alone are enough where the cosine does not matter
  public List<String> reasons(Gram gram, int updates, int median) {
    double[] z = Scores.robustZ(gram.norms(updates));
    return IntStream.range(0, updates)
        .mapToObj(i -> reason(z[i], gram.norm(i), cosine.isPresent() ? gram.cosine(i, median) : 0))
        .toList();
  }

  private String reason(double z, double norm, double toMedian) {
    if (normZ.isPresent() && Math.abs(z) > normZ.get()) {
      return Weight.text(
          "norm %.4g has the robust z-score %.4g, allowed up to %.4g", norm, z, normZ.get());
    }
    if (cosine.isPresent() && toMedian < cosine.get()) {
      return Weight.text(
          "cosine %.4g to the coordinate median, allowed from %.4g", toMedian, cosine.get());
    }
    return "";
  }
}
