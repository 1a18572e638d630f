package io.rengo.lambdas;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectKeys.UpdateId;
import io.rengo.protocol.RengoException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The news that a manifest was stored.
///
/// @param messageId of the queue's message that brought it
/// @param etag version of the manifest: by it a second delivery of the same news is known
record Notice(String messageId, UpdateId update, String key, String etag) {
  private static final Logger LOG = LoggerFactory.getLogger(Notice.class);

  /// The notices in one message of the event queue: an S3 event notification. What is none (S3
  /// sends a test event when notifications are set up) has no notices.
  static List<Notice> parse(JsonNode message) {
    JsonNode event;
    try {
      event = Json.read(message.path("body").asText(), JsonNode.class, "event queue");
    } catch (RengoException e) {
      LOG.error("a message of the event queue is dropped: {}", e.getMessage());
      return List.of();
    }
    List<Notice> notices = new ArrayList<>();
    for (JsonNode record : event.path("Records")) {
      JsonNode object = record.path("s3").path("object");
      String key = decode(object.path("key").asText());
      ObjectKeys.parseManifest(key)
          .map(update ->
              new Notice(
                  message.path("messageId").asText(),
                  update,
                  key,
                  object.path("eTag").asText().replace("\"", "")))
          .ifPresentOrElse(notices::add, () -> LOG.warn("the key {} is not an update's", key));
    }
    return notices;
  }

  /// Keys come as in an HTML form.
  private static String decode(String key) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return key;
    }
  }
}
