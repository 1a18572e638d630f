package io.rengo.cdk;

import java.util.Map;
import java.util.TreeMap;

/// The newer behaviour of the CDK that our templates count on. Set in code, not in `cdk.json`: the
/// tests and the command line then see the same templates.
final class FeatureFlags {
  static final Map<String, Object> ALL =
      new TreeMap<>(
          Map.of(
              // Policies.
              "@aws-cdk/aws-iam:minimizePolicies", true,
              "@aws-cdk/aws-kms:reduceCrossAccountRegionPolicyScope", true,
              "@aws-cdk/aws-s3:createDefaultLoggingPolicy", true,
              "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy", true,
              // Names and tags.
              "@aws-cdk/aws-ec2:uniqueImdsv2TemplateName", true,
              "@aws-cdk/core:enablePartitionLiterals", true,
              "@aws-cdk/core:explicitStackTags", true,
              // Launch templates.
              "@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig", true,
              "@aws-cdk/aws-ec2:launchTemplateDefaultUserData", true,
              // Would deploy a function of the CDK's own.
              "@aws-cdk/aws-ec2:restrictDefaultSecurityGroup", false));

  private FeatureFlags() {}
}
