package io.rengo.test.access;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/// Somebody with credentials, and the services as these reach them.
final class Caller {
  private static final SdkHttpClient HTTP = UrlConnectionHttpClient.create();

  private final URI endpoint;
  private final AwsCredentials credentials;
  private final boolean tls;
  private final Map<String, SdkClient> clients = new ConcurrentHashMap<>();

  /// @param tls whether the requests say that they came by TLS, as a proxy in front would say it
  private Caller(URI endpoint, AwsCredentials credentials, boolean tls) {
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.tls = tls;
  }

  /// Who owns the account: the emulator lets it do everything.
  static Caller owner(URI endpoint) {
    return new Caller(endpoint, AwsBasicCredentials.create("test", "test"), true);
  }

  URI endpoint() {
    return endpoint;
  }

  Caller withoutTls() {
    return new Caller(endpoint, credentials, false);
  }

  Caller as(AwsCredentials others) {
    return new Caller(endpoint, others, tls);
  }

  S3Client s3() {
    return client(
        S3Client.class, () -> configured(S3Client.builder()).forcePathStyle(true).build());
  }

  SqsClient sqs() {
    return client(SqsClient.class, () -> configured(SqsClient.builder()).build());
  }

  DynamoDbClient records() {
    return client(DynamoDbClient.class, () -> configured(DynamoDbClient.builder()).build());
  }

  KmsClient kms() {
    return client(KmsClient.class, () -> configured(KmsClient.builder()).build());
  }

  SfnClient sfn() {
    return client(SfnClient.class, () -> configured(SfnClient.builder()).build());
  }

  LambdaClient lambda() {
    return client(LambdaClient.class, () -> configured(LambdaClient.builder()).build());
  }

  StsClient sts() {
    return client(StsClient.class, () -> configured(StsClient.builder()).build());
  }

  IamClient iam() {
    return client(
        IamClient.class, () -> configured(IamClient.builder()).region(Region.AWS_GLOBAL).build());
  }

  CloudFormationClient cloudFormation() {
    return client(
        CloudFormationClient.class, () -> configured(CloudFormationClient.builder()).build());
  }

  private <C extends SdkClient> C client(Class<C> type, Supplier<C> made) {
    return type.cast(clients.computeIfAbsent(type.getName(), name -> made.get()));
  }

  private <B extends AwsSyncClientBuilder<B, ?> & AwsClientBuilder<B, ?>> B configured(B builder) {
    ClientOverrideConfiguration.Builder overrides =
        ClientOverrideConfiguration.builder().retryStrategy(DefaultRetryStrategy.doNotRetry());
    if (tls) {
      overrides.putHeader("X-Forwarded-Proto", "https");
    }
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClient(HTTP)
        .overrideConfiguration(overrides.build());
  }
}
