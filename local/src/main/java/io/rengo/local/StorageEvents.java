package io.rengo.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.TaskQueue;
import java.net.URLEncoder;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Sends a message for each stored object whose key is of interest: the notification that Amazon S3
/// sends to a queue. A store is given this as its listener.
///
/// @param keys which keys are of interest
/// @param bucket the bucket's name in the notifications
/// @param queue the queue's name
public record StorageEvents(
    Predicate<String> keys, String bucket, TaskQueue queues, String queue, InstantSource clock)
    implements Consumer<ObjectInfo> {
  @Override
  public void accept(ObjectInfo stored) {
    if (keys.test(stored.key())) {
      queues.send(queue, Json.write(notification(stored)));
    }
  }

  private ObjectNode notification(ObjectInfo stored) {
    ObjectNode notification = JsonNodeFactory.instance.objectNode();
    ObjectNode record =
        notification
            .putArray("Records")
            .addObject()
            .put("eventVersion", "2.1")
            .put("eventSource", "aws:s3")
            .put("awsRegion", "local")
            .put("eventTime", clock.instant().toString())
            .put("eventName", "ObjectCreated:Put");
    ObjectNode s3 = record.putObject("s3").put("s3SchemaVersion", "1.0");
    s3.putObject("bucket").put("name", bucket).put("arn", "arn:aws:s3:::" + bucket);
    s3.putObject("object")
        .put("key", urlEncoded(stored.key()))
        .put("size", stored.size())
        .put("eTag", stored.etag());
    return notification;
  }

  private static String urlEncoded(String key) {
    return URLEncoder.encode(key, UTF_8).replace("%2F", "/");
  }
}
