package io.rengo.cli.cost;

/// What a whole job costs.
///
/// @param round one of its rounds
/// @param rounds how many there are
/// @param prices of what it uses
public record JobEstimate(RoundEstimate round, int rounds, Prices prices) {
  private static final double HOURS_OF_A_MONTH = 730;
  private static final double GIGA = 1e9;
  private static final double SMALLEST_SERVER = 4;

  /// Dollars of one round.
  public double roundDollars() {
    return prices.of(round.usage());
  }

  /// Dollars of all rounds, without storage.
  public double dollars() {
    return rounds * roundDollars();
  }

  /// Dollars a month to keep every model of the job; updates expire.
  public double storageDollars() {
    return prices.of(Usage.of(Item.S3_GB_MONTH, rounds * round.workload().modelBytes() / GIGA));
  }

  /// Memory of a server that holds the model, its sum and all updates at once, in GB: 4 or more.
  public double serverGigabytes() {
    return Math.max(
        SMALLEST_SERVER, (round.workload().cohort() + 2.0) * round.workload().modelBytes() / GIGA);
  }

  /// Dollars a month of an instance of that memory that is always on.
  public double serverDollars() {
    return serverGigabytes() * prices.serverGbHour() * HOURS_OF_A_MONTH;
  }

  /// Rounds a month for which the two cost the same; what members read costs both alike.
  public double evenRounds() {
    Usage usage = round.usage();
    double own = roundDollars() - prices.of(Usage.of(Item.EGRESS_GB, usage.count(Item.EGRESS_GB)));
    return serverDollars() / own;
  }
}
