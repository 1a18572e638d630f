package io.rengo.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Optional;

/// What a job's last model must pass before it may be promoted: members try to tell the rows that
/// it was trained on from others.
///
/// @param shadows models that each member trains on random halves of its own rows, an even number;
///   0 for the attack by losses alone
/// @param epochs passes of each of them; as many as the job made where empty
/// @param deadline of the members' answers
/// @param maxTprAt1Percent the largest share of the training rows that an attack may find while it
///   calls one other row in a hundred so wrongly
/// @param maxTprAt01Percent the same at one in a thousand
/// @param maxAuc the largest area under an attack's curve
/// @param maxGap the largest difference of the accuracies on training rows and on others
/// @param maxRead the largest share of the training rows that can be read off a member's first
///   update
/// @param besidePrivacy says that the audit's counts are not covered by the job's `privacy`
public record AuditSpec(
    int shadows,
    Optional<Integer> epochs,
    Duration deadline,
    @JsonProperty("max-tpr-at-1-percent") Optional<Double> maxTprAt1Percent,
    @JsonProperty("max-tpr-at-01-percent") Optional<Double> maxTprAt01Percent,
    Optional<Double> maxAuc,
    Optional<Double> maxGap,
    Optional<Double> maxRead,
    boolean besidePrivacy) {
  private static final int MOST_SHADOWS = 512;
  private static final int MOST_EPOCHS = 100_000;

  public AuditSpec {
    Check.inRange(shadows, 0, MOST_SHADOWS, "audit.shadows");
    Check.that(
        shadows % 2 == 0,
        shadows + " is odd",
        "audit.shadows",
        "Give an even number: each row is in half of the models");
    epochs.ifPresent(value -> Check.inRange(value, 1, MOST_EPOCHS, "audit.epochs"));
    Check.that(
        deadline.toSeconds() >= 1 && deadline.compareTo(Duration.ofDays(30)) <= 0,
        Durations.format(deadline) + " is not between 1 second and 30 days",
        "audit.deadline",
        "Give a duration such as 90s, 15m or 6h");
    limit(maxTprAt1Percent, "max-tpr-at-1-percent");
    limit(maxTprAt01Percent, "max-tpr-at-01-percent");
    limit(maxAuc, "max-auc");
    limit(maxGap, "max-gap");
    limit(maxRead, "max-read");
  }

  private static void limit(Optional<Double> value, String field) {
    value.ifPresent(limit -> Check.inRange(limit, 0.0, 1.0, "audit." + field));
  }

  /// The rules that need the rest of the job file.
  void check(Optional<PrivacySpec> privacy, Optional<RegionsSpec> regions) {
    Check.that(
        regions.isEmpty(),
        "regions do not ask their members for an audit",
        "audit",
        "Leave out audit or regions");
    if (privacy.isPresent() && !besidePrivacy) {
      throw new RengoException(
          ErrorCode.PRIVACY_REFUSED,
          "members' counts of an audit get no noise, so the job's promise does not cover them",
          "audit.beside-privacy",
          "Write beside-privacy: true to accept it, or leave the audit out");
    }
  }
}
