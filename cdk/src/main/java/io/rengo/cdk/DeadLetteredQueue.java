package io.rengo.cdk;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.amazon.awscdk.services.sqs.RedriveAllowPolicy;
import software.amazon.awscdk.services.sqs.RedrivePermission;

/// A queue, encrypted and for TLS only, with another that takes what was received five times in
/// vain. Messages are on their way, not kept: the queues go with their stack.
final class DeadLetteredQueue {
  private static final int TRIES = 5;

  final Queue queue;
  final Queue dead;

  DeadLetteredQueue(Part stack, String id, IKey key, String name, Duration visibility) {
    dead =
        queue(stack, id + "Dead", key, stack.names.deadLetterQueue(name))
            .retentionPeriod(Duration.days(14))
            .redriveAllowPolicy(
                RedriveAllowPolicy.builder()
                    .redrivePermission(RedrivePermission.BY_QUEUE)
                    .sourceQueues(
                        List.of(Queue.fromQueueArn(stack, id + "Source", stack.queueArn(name))))
                    .build())
            .build();
    queue =
        queue(stack, id, key, name)
            .retentionPeriod(Duration.days(14))
            .visibilityTimeout(visibility)
            .deadLetterQueue(DeadLetterQueue.builder().queue(dead).maxReceiveCount(TRIES).build())
            .build();
  }

  /// Lets S3 announce the objects of a bucket, by its name: the bucket in turn names this queue.
  void allowBucket(String bucket) {
    Part stack = (Part) queue.getStack();
    queue.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("AnnounceObjects")
            .principals(List.of(new ServicePrincipal("s3.amazonaws.com")))
            .actions(List.of("sqs:SendMessage"))
            .resources(List.of(queue.getQueueArn()))
            .conditions(
                new TreeMap<>(
                    Map.of(
                        "ArnEquals",
                        Map.of(
                            "aws:SourceArn",
                            stack.formatArn(
                                ArnComponents.builder()
                                    .service("s3")
                                    .region("")
                                    .account("")
                                    .resource(bucket)
                                    .build())),
                        "StringEquals",
                        Map.of("aws:SourceAccount", stack.getAccount()))))
            .build());
  }

  private static Queue.Builder queue(Part stack, String id, IKey key, String name) {
    return Queue.Builder.create(stack, id)
        .queueName(name)
        .encryption(QueueEncryption.KMS)
        .encryptionMasterKey(key)
        .dataKeyReuse(Duration.hours(1))
        .enforceSsl(true);
  }
}
