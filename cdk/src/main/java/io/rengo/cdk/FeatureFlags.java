package io.rengo.cdk;

import static java.util.Map.entry;

import java.util.Map;
import java.util.TreeMap;

/// The newer behaviour of the CDK that our templates count on. Set in code, not in `cdk.json`: the
/// tests and the command line then see the same templates.
final class FeatureFlags {
  static final Map<String, Object> ALL =
      new TreeMap<>(
          Map.ofEntries(
              // What AWS CloudFormation would refuse fails the synthesis.
              entry("@aws-cdk/core:validateAgainstDefaultRules", true),
              // Policies.
              entry("@aws-cdk/aws-iam:minimizePolicies", true),
              entry("@aws-cdk/aws-kms:reduceCrossAccountRegionPolicyScope", true),
              entry("@aws-cdk/aws-s3:createDefaultLoggingPolicy", true),
              entry("@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy", true),
              // Names and tags.
              entry("@aws-cdk/aws-ec2:uniqueImdsv2TemplateName", true),
              entry("@aws-cdk/core:enablePartitionLiterals", true),
              entry("@aws-cdk/core:explicitStackTags", true),
              // A stack whose values another one uses stays as long as it does.
              entry("@aws-cdk/core:defaultCrossStackReferences", "strong"),
              // Launch templates.
              entry("@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig", true),
              entry("@aws-cdk/aws-ec2:launchTemplateDefaultUserData", true),
              // Would deploy a function of the CDK's own.
              entry("@aws-cdk/aws-ec2:restrictDefaultSecurityGroup", false)));

  private FeatureFlags() {}
}
