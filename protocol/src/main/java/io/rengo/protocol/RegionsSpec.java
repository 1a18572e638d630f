package io.rengo.protocol;

import io.rengo.core.algorithm.ClientAlgorithm;
import io.rengo.core.algorithm.Plain;
import java.time.Duration;

/// Lets members be regions: what a region's combiner sends is the mean of its own members' updates,
/// and weighs as all of them together.
///
/// @param quorum the fewest updates that a region makes a mean of
/// @param deadline after which a region goes on with what has come
/// @param members the most members that a region may speak for: its mean is weighted by as many
///   times the examples of a member at most
public record RegionsSpec(int quorum, Duration deadline, int members) {
  private static final int MOST = 1_000_000;
  private static final String FIELD = "regions";

  public RegionsSpec {
    Check.atLeast(quorum, 1, FIELD + ".quorum");
    Check.inRange(members, 1, MOST, FIELD + ".members");
    Check.that(
        deadline.toSeconds() >= 1,
        Durations.format(deadline) + " is below 1 second",
        FIELD + ".deadline",
        "Give a duration such as 90s, 15m or 6h");
  }

  /// The rules that need the rest of the job file.
  void check(Duration whole, ClientAlgorithm algorithm, boolean buffered, boolean isPrivate) {
    Check.that(
        deadline.compareTo(whole) < 0,
        "a region's round of %s does not end before the whole round of %s"
            .formatted(Durations.format(deadline), Durations.format(whole)),
        FIELD + ".deadline",
        "Give less than rounds.deadline, and leave a region the time to send its mean");
    Check.that(
        algorithm instanceof Plain,
        "a region sends one mean, and the algorithm needs every member's vector or steps",
        FIELD,
        "Use algorithm plain, or leave out regions");
    Check.that(
        !buffered,
        "a buffer does not wait, and a region's mean waits for its members",
        FIELD,
        "Leave out buffer, or regions");
    if (isPrivate) {
      throw new RengoException(
          ErrorCode.PRIVACY_REFUSED,
          "the server would clip, count and account for regions, and the promise is to members",
          FIELD,
          "Leave out privacy, or regions");
    }
  }

  /// The most examples that a region's mean is weighted by.
  long mostExamples(long ofMember) {
    return ofMember > Long.MAX_VALUE / members ? Long.MAX_VALUE : ofMember * members;
  }
}
