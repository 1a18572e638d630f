package io.rengo.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.local.MemoryRecordStore.Held;
import io.rengo.protocol.RecordStore.RecordKey;
import io.rengo.protocol.RecordStore.StoredRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The records of one commit as a line of JSON.
final class JournalLine {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JournalLine() {}

  static String format(List<Held> records) {
    ArrayNode line = JSON.createArrayNode();
    for (Held held : records) {
      StoredRecord stored = held.stored();
      ObjectNode record =
          line.addObject()
              .put("partition", stored.key().partition())
              .put("sort", stored.key().sort())
              .put("version", stored.version())
              .put("json", stored.json());
      if (!held.expires().equals(Instant.MAX)) {
        record.put("expires", held.expires().toString());
      }
    }
    return line.toString();
  }

  static List<Held> parse(String line) throws IOException {
    List<Held> records = new ArrayList<>();
    for (JsonNode record : JSON.readTree(line)) {
      RecordKey key =
          new RecordKey(
              record.required("partition").textValue(), record.required("sort").textValue());
      JsonNode expires = record.path("expires");
      records.add(
          new Held(
              new StoredRecord(
                  key, record.required("version").longValue(), record.required("json").textValue()),
              expires.isTextual() ? Instant.parse(expires.textValue()) : Instant.MAX));
    }
    return records;
  }
}
