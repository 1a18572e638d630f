package io.rengo.lambdas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// What S3 and SQS send.
final class Events {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Events() {}

  /// One record of an S3 event notification.
  static ObjectNode created(String key, String etag) {
    ObjectNode record = JSON.objectNode().put("eventName", "ObjectCreated:Put");
    record
        .putObject("s3")
        .putObject("object")
        .put("key", URLEncoder.encode(key, StandardCharsets.UTF_8))
        .put("size", 1)
        .put("eTag", etag);
    return record;
  }

  /// A message of the event queue with an S3 event of these records.
  static ObjectNode message(String id, ObjectNode... records) {
    ObjectNode event = JSON.objectNode();
    ArrayNode array = event.putArray("Records");
    for (ObjectNode record : records) {
      array.add(record);
    }
    return text(id, event.toString());
  }

  static ObjectNode text(String id, String body) {
    return JSON.objectNode().put("messageId", id).put("body", body);
  }

  /// The records of several messages in one.
  static ObjectNode joined(String id, ObjectNode... messages) {
    ObjectNode event = JSON.objectNode();
    ArrayNode array = event.putArray("Records");
    for (ObjectNode message : messages) {
      Json.read(message.path("body").asText(), JsonNode.class, id)
          .path("Records")
          .forEach(array::add);
    }
    return text(id, event.toString());
  }

  /// A batch as Lambda gets it.
  static ObjectNode batch(ObjectNode... messages) {
    ObjectNode batch = JSON.objectNode();
    ArrayNode array = batch.putArray("Records");
    for (ObjectNode message : messages) {
      array.add(message.deepCopy());
    }
    return batch;
  }
}
