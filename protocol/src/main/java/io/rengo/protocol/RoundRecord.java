package io.rengo.protocol;

import java.time.Instant;
import java.util.Optional;

/// Where a round stands: its record. An update counts only while the round is open, and only
/// together with a change of this record; so what is in a closed round can never change.
///
/// @param cohort number of members selected
/// @param target number of updates that ends the wait
/// @param accepted updates that count so far
/// @param refused members of the cohort whose update was refused
/// @param token of the waiting workflow, once it waits
public record RoundRecord(
    Purpose purpose,
    boolean open,
    int baseVersion,
    int cohort,
    int target,
    int quorum,
    int accepted,
    int refused,
    Instant opened,
    Optional<String> token) {
  /// Whether there is nothing left to wait for: the target is reached, or every member answered.
  public boolean complete() {
    return accepted >= target || accepted + refused >= cohort;
  }

  /// The same with more updates.
  public RoundRecord plus(int newAccepted, int newRefused) {
    return new RoundRecord(
        purpose,
        open,
        baseVersion,
        cohort,
        target,
        quorum,
        accepted + newAccepted,
        refused + newRefused,
        opened,
        token);
  }

  /// The same with a workflow that waits.
  public RoundRecord awaitedBy(String newToken) {
    return new RoundRecord(
        purpose,
        open,
        baseVersion,
        cohort,
        target,
        quorum,
        accepted,
        refused,
        opened,
        Optional.of(newToken));
  }

  /// The one that follows it, open and empty.
  public RoundRecord next(Instant now) {
    return new RoundRecord(
        purpose, true, baseVersion + 1, cohort, target, quorum, 0, 0, now, Optional.empty());
  }

  /// The same, closed.
  public RoundRecord closed() {
    return new RoundRecord(
        purpose, false, baseVersion, cohort, target, quorum, accepted, refused, opened, token);
  }
}
