package io.rengo.lambdas;

import io.rengo.protocol.RoundReport;

/// Where a recorded round's figures go: CloudWatch on AWS, nowhere in a simulation.
@FunctionalInterface
public interface Meter {
  void record(RoundReport report);
}
