package io.rengo.aws;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The clients of the services, each built when it is first asked for. Region, credentials and
/// endpoints come from the standard `AWS_*` variables, and where these say nothing, from where the
/// SDK looks for them by default. Nothing is connected before the first request.
public final class AwsClients {
  private final AwsEnvironment environment;
  private final Supplier<SdkHttpClient> http = new Lazy<>(UrlConnectionHttpClient::create);
  private final Supplier<S3Client> s3 = new Lazy<>(this::buildS3);
  private final Supplier<S3Presigner> presigner = new Lazy<>(this::buildPresigner);
  private final Supplier<SqsClient> sqs =
      new Lazy<>(() -> configured("SQS", SqsClient.builder()).build());
  private final Supplier<DynamoDbClient> dynamoDb =
      new Lazy<>(() -> configured("DYNAMODB", DynamoDbClient.builder()).build());
  private final Supplier<KmsClient> kms =
      new Lazy<>(() -> configured("KMS", KmsClient.builder()).build());
  private final Supplier<SfnClient> sfn =
      new Lazy<>(() -> configured("SFN", SfnClient.builder()).build());

  /// @param environment the environment variables of this process
  public AwsClients(Map<String, String> environment) {
    this(new AwsEnvironment(environment));
  }

  AwsClients(AwsEnvironment environment) {
    this.environment = environment;
  }

  public S3Client s3() {
    return s3.get();
  }

  S3Presigner presigner() {
    return presigner.get();
  }

  public SqsClient sqs() {
    return sqs.get();
  }

  public DynamoDbClient dynamoDb() {
    return dynamoDb.get();
  }

  public KmsClient kms() {
    return kms.get();
  }

  public SfnClient sfn() {
    return sfn.get();
  }

  /// What answers at an endpoint of its own has no host name for each bucket.
  private S3Client buildS3() {
    boolean pathStyle = environment.endpoint("S3").isPresent();
    return configured("S3", S3Client.builder()).forcePathStyle(pathStyle).build();
  }

  /// Signs without a request of its own.
  private S3Presigner buildPresigner() {
    boolean pathStyle = environment.endpoint("S3").isPresent();
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(pathStyle).build());
    environment.endpoint("S3").ifPresent(builder::endpointOverride);
    environment.variable("AWS_REGION").map(Region::of).ifPresent(builder::region);
    credentials().ifPresent(builder::credentialsProvider);
    return builder.build();
  }

  <B extends AwsSyncClientBuilder<B, ?> & AwsClientBuilder<B, ?>> B configured(
      String service, B builder) {
    environment.endpoint(service).ifPresent(builder::endpointOverride);
    environment.variable("AWS_REGION").map(Region::of).ifPresent(builder::region);
    credentials().ifPresent(builder::credentialsProvider);
    return builder
        .httpClient(http.get())
        .overrideConfiguration(
            ClientOverrideConfiguration.builder().retryStrategy(RetryMode.STANDARD).build());
  }

  /// Those of the role that the process takes, where the environment names one; else its own.
  private Optional<AwsCredentialsProvider> credentials() {
    return environment
        .variable(AwsEnvironment.ROLE)
        .<AwsCredentialsProvider>map(role -> AssumedRole.of(environment, role, http.get(), own()))
        .or(this::own);
  }

  private Optional<AwsCredentialsProvider> own() {
    return given().map(StaticCredentialsProvider::create);
  }

  private Optional<AwsCredentials> given() {
    return environment
        .variable("AWS_ACCESS_KEY_ID")
        .flatMap(id ->
            environment
                .variable("AWS_SECRET_ACCESS_KEY")
                .map(secret ->
                    environment
                        .variable("AWS_SESSION_TOKEN")
                        .<AwsCredentials>map(
                            token -> AwsSessionCredentials.create(id, secret, token))
                        .orElseGet(() -> AwsBasicCredentials.create(id, secret))));
  }
}
