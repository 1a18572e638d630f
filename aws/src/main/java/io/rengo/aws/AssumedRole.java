package io.rengo.aws;

import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/// The credentials of a role that the process takes, renewed before they end.
final class AssumedRole {
  private AssumedRole() {}

  /// @param own the credentials that may take the role; empty for those that the SDK finds
  static AwsCredentialsProvider of(
      AwsEnvironment environment,
      String role,
      SdkHttpClient http,
      Optional<AwsCredentialsProvider> own) {
    StsClientBuilder client = StsClient.builder().httpClient(http);
    environment.endpoint("STS").ifPresent(client::endpointOverride);
    environment.variable("AWS_REGION").map(Region::of).ifPresent(client::region);
    own.ifPresent(client::credentialsProvider);
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(client.build())
        .refreshRequest(request -> {
          request.roleArn(role).roleSessionName("rengo-" + environment.federation().name());
          environment.variable(AwsEnvironment.EXTERNAL_ID).ifPresent(request::externalId);
        })
        .build();
  }
}
