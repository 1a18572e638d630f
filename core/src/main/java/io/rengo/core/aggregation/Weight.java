package io.rengo.core.aggregation;

import java.util.Locale;

/// What an update counts: the aggregate is `sum coefficient_k x_k / sum share_k`.
///
/// @param coefficient factor of the update, 0 or more
/// @param share what the update adds to the divisor, 0 or more
/// @param reason why it is not simply counted; empty where it is
@SuppressWarnings("AnnotateFormatMethod")
public record Weight(double coefficient, double share, Decision decision, String reason) {
  public Weight {
    if (!(coefficient >= 0 && share >= 0 && coefficient + share < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("an update weighs " + coefficient + " of " + share);
    }
  }

  /// An update that counts with its whole share.
  public static Weight counted(double share) {
    return new Weight(share, share, Decision.COUNTED, "");
  }

  /// An update that counts with less than its share.
  public static Weight reduced(double coefficient, double share, String format, Object... values) {
    return new Weight(coefficient, share, Decision.REDUCED, text(format, values));
  }

  /// An update that does not count at all.
  public static Weight excluded(String format, Object... values) {
    return new Weight(0, 0, Decision.EXCLUDED, text(format, values));
  }

  /// A reason with numbers in it, written alike in every country.
  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
