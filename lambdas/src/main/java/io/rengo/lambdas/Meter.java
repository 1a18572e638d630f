package io.rengo.lambdas;

import io.rengo.protocol.RoundReport;

/// Where a recorded round's figures go: CloudWatch on AWS, nowhere in a simulation.
@FunctionalInterface
public interface Meter {
  void record(RoundReport report);

  /// The list of revoked certificates that was just gone by is good for so many days more.
  default void listLasts(double days) {}
}
