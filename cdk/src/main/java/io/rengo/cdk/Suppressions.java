package io.rengo.cdk;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;
import java.util.stream.Stream;

/// Findings of cdk-nag that are meant to be so, each with its reason.
final class Suppressions {
  private Suppressions() {}

  static NagPackSuppression of(String rule, String reason) {
    return NagPackSuppression.builder().id(rule).reason(reason).build();
  }

  /// Wildcards in policies, for the findings that match a pattern only.
  static NagPackSuppression wildcards(String reason, String... patterns) {
    return NagPackSuppression.builder()
        .id("AwsSolutions-IAM5")
        .reason(reason)
        .appliesTo(
            Stream.of(patterns)
                .map(pattern -> RegexAppliesTo.builder().regex(pattern).build())
                .toList())
        .build();
  }

  /// What X-Ray's daemon calls takes no resource.
  static NagPackSuppression tracing() {
    return NagPackSuppression.builder()
        .id("AwsSolutions-IAM5")
        .reason("X-Ray knows no resources: its write actions are granted for all or not at all")
        .appliesTo(List.of("Resource::*"))
        .build();
  }
}
