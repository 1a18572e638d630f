package io.rengo.aws;

import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RecordStore.Change.Create;
import io.rengo.protocol.RecordStore.Change.Replace;
import io.rengo.protocol.RecordStore.RecordKey;
import io.rengo.protocol.RecordStore.StoredRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// Records as items: `pk` and `sk` (strings), `version` (number), `body` (the JSON, a string),
/// `writer` (the commit that wrote it last, a string) and `ttl` (epoch seconds, where the record
/// ends). DynamoDB removes an item some time after its `ttl`; until then it counts as absent.
///
/// @param table the table's name
/// @param commit the id that the written items get
/// @param now the time that items are compared with
record DynamoItems(String table, String commit, Instant now) {
  private static final String ABSENT = "attribute_not_exists(pk) OR #ttl <= :now";
  private static final String SEEN =
      "#version = :seen AND (attribute_not_exists(#ttl) OR #ttl > :now)";
  private static final String NEXT = "SET #body = :body, #version = :next, #writer = :writer";

  TransactWriteItem write(Change change) {
    return switch (change) {
      case Create create -> TransactWriteItem.builder().put(put(create)).build();
      case Replace replace -> TransactWriteItem.builder().update(update(replace)).build();
    };
  }

  private Put put(Create create) {
    Map<String, AttributeValue> item = new HashMap<>(key(create.key()));
    item.put("version", number(1));
    item.put("body", text(create.json()));
    item.put("writer", text(commit));
    create.expires().ifPresent(expires -> item.put("ttl", number(roundedUp(expires))));
    return Put.builder()
        .tableName(table)
        .item(item)
        .conditionExpression(ABSENT)
        .expressionAttributeNames(Map.of("#ttl", "ttl"))
        .expressionAttributeValues(Map.of(":now", number(now.getEpochSecond())))
        .build();
  }

  private Update update(Replace replace) {
    return Update.builder()
        .tableName(table)
        .key(key(replace.key()))
        .updateExpression(NEXT)
        .conditionExpression(SEEN)
        .expressionAttributeNames(
            Map.of("#ttl", "ttl", "#version", "version", "#body", "body", "#writer", "writer"))
        .expressionAttributeValues(
            Map.of(
                ":now", number(now.getEpochSecond()),
                ":seen", number(replace.version()),
                ":next", number(replace.version() + 1),
                ":body", text(replace.json()),
                ":writer", text(commit)))
        .build();
  }

  static PutItemRequest single(Put put) {
    return PutItemRequest.builder()
        .tableName(put.tableName())
        .item(put.item())
        .conditionExpression(put.conditionExpression())
        .expressionAttributeNames(put.expressionAttributeNames())
        .expressionAttributeValues(put.expressionAttributeValues())
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  static UpdateItemRequest single(Update update) {
    return UpdateItemRequest.builder()
        .tableName(update.tableName())
        .key(update.key())
        .updateExpression(update.updateExpression())
        .conditionExpression(update.conditionExpression())
        .expressionAttributeNames(update.expressionAttributeNames())
        .expressionAttributeValues(update.expressionAttributeValues())
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  static QueryRequest query(String table, String partition, String prefix) {
    Map<String, AttributeValue> values = new HashMap<>(Map.of(":pk", text(partition)));
    String condition = "pk = :pk";
    if (!prefix.isEmpty()) {
      values.put(":prefix", text(prefix));
      condition += " AND begins_with(sk, :prefix)";
    }
    return QueryRequest.builder()
        .tableName(table)
        .consistentRead(true)
        .keyConditionExpression(condition)
        .expressionAttributeValues(values)
        .build();
  }

  static Map<String, AttributeValue> key(RecordKey key) {
    return Map.of("pk", text(key.partition()), "sk", text(key.sort()));
  }

  static StoredRecord record(Map<String, AttributeValue> item) {
    return new StoredRecord(
        new RecordKey(attribute(item, "pk").s(), attribute(item, "sk").s()),
        Long.parseLong(attribute(item, "version").n()),
        attribute(item, "body").s());
  }

  static boolean isOf(Map<String, AttributeValue> item, String commit) {
    AttributeValue writer = item.get("writer");
    return writer != null && commit.equals(writer.s());
  }

  static boolean isOver(Map<String, AttributeValue> item, Instant now) {
    AttributeValue ttl = item.get("ttl");
    return ttl != null && Long.parseLong(ttl.n()) <= now.getEpochSecond();
  }

  private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalStateException("the item " + item.keySet() + " has no " + name);
    }
    return value;
  }

  private static long roundedUp(Instant instant) {
    return instant.plusNanos(999_999_999).getEpochSecond();
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }
}
