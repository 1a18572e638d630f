package io.rengo.aws;

import static io.rengo.aws.AwsErrors.isCode;
import static io.rengo.aws.AwsErrors.translated;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.TaskQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageNotInflightException;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.SqsResponse;

/// Messages in Amazon SQS queues, which are asked for by name. Durations are rounded up to seconds.
public final class SqsTaskQueue implements TaskQueue {
  private final Supplier<SqsClient> client;
  private final Map<String, String> urls = new ConcurrentHashMap<>();

  public SqsTaskQueue(SqsClient client) {
    this(() -> client);
  }

  SqsTaskQueue(Supplier<SqsClient> client) {
    this.client = client;
  }

  @Override
  public void send(String queue, String body) {
    withUrl(queue, url -> client.get().sendMessage(r -> r.queueUrl(url).messageBody(body)));
  }

  /// The request runs in a virtual thread, whose socket is closed when it is interrupted: the
  /// caller's own thread, if it is a platform thread, would wait to the end.
  @Override
  public List<Delivery> receive(String queue, int max, Duration wait, Duration visibility) {
    FutureTask<List<Delivery>> poll =
        new FutureTask<>(() -> poll(queue, max, seconds(wait), seconds(visibility)));
    if (Thread.currentThread().isInterrupted()) {
      return List.of();
    }
    Thread.ofVirtual().name("receive-" + queue).start(poll);
    try {
      return poll.get();
    } catch (InterruptedException e) {
      poll.cancel(true);
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  @Override
  public void extend(String queue, String receipt, Duration visibility) {
    int seconds = seconds(visibility);
    withUrl(
        queue,
        url ->
            unlessGone(() ->
                client
                    .get()
                    .changeMessageVisibility(
                        r -> r.queueUrl(url).receiptHandle(receipt).visibilityTimeout(seconds))));
  }

  @Override
  public void delete(String queue, String receipt) {
    withUrl(
        queue,
        url ->
            unlessGone(
                () -> client.get().deleteMessage(r -> r.queueUrl(url).receiptHandle(receipt))));
  }

  private List<Delivery> poll(String queue, int max, int wait, int visibility) {
    return withUrl(
        queue,
        url ->
            client
                .get()
                .receiveMessage(r ->
                    r.queueUrl(url)
                        .maxNumberOfMessages(max)
                        .waitTimeSeconds(wait)
                        .visibilityTimeout(visibility)
                        .messageSystemAttributeNames(
                            MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                .messages()
                .stream()
                .map(SqsTaskQueue::delivery)
                .toList());
  }

  private <T> T withUrl(String queue, Function<String, T> call) {
    return translated(
        queue,
        () -> {
          try {
            return call.apply(urls.computeIfAbsent(queue, this::url));
          } catch (QueueDoesNotExistException e) {
            urls.remove(queue);
            throw new RengoException(
                ErrorCode.QUEUE_MISSING,
                "there is no queue of this name",
                queue,
                "Check the names of the federation and of the member, the account and the region",
                e);
          }
        });
  }

  private String url(String queue) {
    return client.get().getQueueUrl(r -> r.queueName(queue)).queueUrl();
  }

  private static Optional<SqsResponse> unlessGone(Supplier<? extends SqsResponse> call) {
    try {
      return Optional.of(call.get());
    } catch (MessageNotInflightException | ReceiptHandleIsInvalidException e) {
      return Optional.empty();
    } catch (SqsException e) {
      if (isCode(e, "InvalidParameterValue")
          && String.valueOf(e.getMessage()).contains("ReceiptHandle")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Delivery delivery(Message message) {
    String count =
        message
            .attributes()
            .getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1");
    return new Delivery(message.body(), message.receiptHandle(), Integer.parseInt(count));
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(duration.plusNanos(999_999_999).toSeconds());
  }
}
