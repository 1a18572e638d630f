package io.rengo.core.attack;

import java.util.OptionalDouble;

/// The honest mean less `z` standard deviations of each coordinate: so little that the attackers
/// look like a minority of honest members, and enough to stop the training. Baruch, Baruch and
/// Goldberg 2019, "A Little Is Enough".
///
/// @param members of the round, hostile ones among them
/// @param hostile of them
public record LittleIsEnough(int members, int hostile) {
  /// `Phi^-1((n - m - s) / (n - m))` with `s = n/2 + 1 - m`: how far the attackers may go and still
  /// have a majority with the honest members beyond them. Empty where they are the majority
  /// already.
  public OptionalDouble deviations() {
    double honest = members - hostile;
    double supporters = members / 2 + 1 - hostile;
    double share = (honest - supporters) / honest;
    return share > 0 && share < 1
        ? OptionalDouble.of(Normal.quantile(share))
        : OptionalDouble.empty();
  }

  /// What every attacker sends. Throws [java.util.NoSuchElementException] where [#deviations] is
  /// empty.
  ///
  /// @param honest updates, one row each
  public double[] update(double[][] honest) {
    double z = deviations().orElseThrow();
    double[] mean = InnerProduct.mean(honest);
    for (int i = 0; i < mean.length; i++) {
      double squares = 0;
      for (double[] row : honest) {
        squares += (row[i] - mean[i]) * (row[i] - mean[i]);
      }
      mean[i] -= z * Math.sqrt(squares / honest.length);
    }
    return mean;
  }
}
