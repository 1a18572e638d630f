package io.rengo.cdk;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.kms.KeySpec;
import software.amazon.awscdk.services.kms.KeyUsage;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.StorageClass;
import software.amazon.awscdk.services.s3.Transition;
import software.constructs.Construct;

/// What outlives everything else: the key, the objects, the records, and the queue that brings the
/// events of stored updates.
final class StorageStack extends Part {
  final Key key;
  final Key updatesKey;
  final Optional<Key> signingKey;
  final Bucket bucket;
  final Table table;
  final DeadLetteredQueue events;

  StorageStack(Construct scope, Settings settings) {
    super(scope, settings, "storage", "key, objects and records");
    key = new DataKey(this).key;
    updatesKey = new UpdatesKey(this).key;
    signingKey = settings.authority().map(authority -> signingKey());
    // Six times the timeout of the function that is fed by it, as AWS Lambda advises.
    events =
        new DeadLetteredQueue(
            this,
            "Events",
            key,
            names.eventQueue(),
            Duration.seconds(6 * Step.ACCEPT_UPDATE.seconds));
    bucket = bucket(accessLogs());
    announceUpdates();
    table = table();
    output("Bucket", "RENGO_BUCKET of members and tools", bucket.getBucketName());
    output("Table", "RENGO_TABLE of tools", table.getTableName());
    output("Key", "The key of all data", key.getKeyArn());
  }

  /// The key by which the federation's functions sign; it never leaves the key service.
  private Key signingKey() {
    return Key.Builder.create(this, "SigningKey")
        .description("Tasks and ledgers of the Rengo federation " + names.federation())
        .alias(names.signingKey())
        .keySpec(KeySpec.ECC_NIST_P256)
        .keyUsage(KeyUsage.SIGN_VERIFY)
        .pendingWindow(Duration.days(settings.ephemeral() ? 7 : 30))
        .removalPolicy(settings.removal())
        .build();
  }

  private Bucket accessLogs() {
    return Bucket.Builder.create(this, "AccessLogs")
        .encryption(BucketEncryption.S3_MANAGED)
        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
        .enforceSsl(true)
        .minimumTlsVersion(1.2)
        .lifecycleRules(
            List.of(
                LifecycleRule.builder()
                    .id("expire-logs")
                    .expiration(Duration.days(365))
                    .abortIncompleteMultipartUploadAfter(Duration.days(1))
                    .build()))
        .removalPolicy(settings.removal())
        .build();
  }

  private Bucket bucket(Bucket accessLogs) {
    Bucket.Builder objects =
        Bucket.Builder.create(this, "Objects")
            .bucketName(names.bucket(getAccount(), getRegion()))
            .encryption(BucketEncryption.KMS)
            .encryptionKey(key)
            .bucketKeyEnabled(true)
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .enforceSsl(true)
            .minimumTlsVersion(1.2)
            .versioned(true)
            .serverAccessLogsBucket(accessLogs)
            .serverAccessLogsPrefix("objects/")
            .lifecycleRules(
                List.of(
                    LifecycleRule.builder()
                        .id("abort-unfinished-uploads")
                        .abortIncompleteMultipartUploadAfter(Duration.days(1))
                        .build(),
                    LifecycleRule.builder()
                        .id("forget-replaced-objects")
                        .noncurrentVersionExpiration(Duration.days(30))
                        .expiredObjectDeleteMarker(true)
                        .build(),
                    LifecycleRule.builder()
                        .id("let-updates-expire")
                        .tagFilters(Map.of("rengo-expires", "true"))
                        .expiration(Duration.days(settings.keepUpdates()))
                        .build(),
                    LifecycleRule.builder()
                        .id("keep-old-rounds-cheaply")
                        .prefix("jobs/")
                        .transitions(
                            List.of(
                                Transition.builder()
                                    .storageClass(StorageClass.INTELLIGENT_TIERING)
                                    .transitionAfter(Duration.days(7))
                                    .build()))
                        .build()))
            .removalPolicy(settings.removal());
    // Each page of a ledger is locked as it is put; nothing else is.
    settings.ledgerLock().ifPresent(days -> objects.objectLockEnabled(true));
    return objects.build();
  }

  /// Wired in the bucket's own properties: the construct's method would deploy a function of its
  /// own to do it.
  private void announceUpdates() {
    CfnBucket resource =
        (CfnBucket) Objects.requireNonNull(bucket.getNode().getDefaultChild(), "the bucket");
    resource.setNotificationConfiguration(
        CfnBucket.NotificationConfigurationProperty.builder()
            .queueConfigurations(
                List.of(
                    CfnBucket.QueueConfigurationProperty.builder()
                        .event("s3:ObjectCreated:*")
                        .queue(events.queue.getQueueArn())
                        .filter(manifests())
                        .build()))
            .build());
    // S3 sends a test message when it is told of the queue, so it has to be allowed to before.
    events.allowBucket(names.bucket(getAccount(), getRegion()));
    bucket.getNode().addDependency(events.queue.getNode().findChild("Policy"));
  }

  private static CfnBucket.NotificationFilterProperty manifests() {
    return CfnBucket.NotificationFilterProperty.builder()
        .s3Key(
            CfnBucket.S3KeyFilterProperty.builder()
                .rules(List.of(rule("prefix", "jobs/"), rule("suffix", "manifest.json")))
                .build())
        .build();
  }

  private static CfnBucket.FilterRuleProperty rule(String name, String value) {
    return CfnBucket.FilterRuleProperty.builder().name(name).value(value).build();
  }

  private Table table() {
    return Table.Builder.create(this, "Records")
        .tableName(names.table())
        .partitionKey(Attribute.builder().name("pk").type(AttributeType.STRING).build())
        .sortKey(Attribute.builder().name("sk").type(AttributeType.STRING).build())
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .encryption(TableEncryption.CUSTOMER_MANAGED)
        .encryptionKey(key)
        .pointInTimeRecoverySpecification(
            PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
        .timeToLiveAttribute("ttl")
        .deletionProtection(!settings.ephemeral())
        .removalPolicy(settings.removal())
        .build();
  }
}
