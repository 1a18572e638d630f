package io.rengo.aws;

import static io.rengo.aws.AwsErrors.translated;

import io.rengo.protocol.RecordStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/// Records as items of an Amazon DynamoDB table with the key `pk` (hash) and `sk` (range) and the
/// time to live `ttl`; see [DynamoItems]. One change is a conditional write, several are a
/// transaction; reads are strongly consistent. A write whose answer was lost is told from another's
/// write by the commit that the item names, or by the transaction's token.
public final class DynamoRecordStore implements RecordStore {
  private final Supplier<DynamoDbClient> client;
  private final Supplier<String> table;
  private final InstantSource clock;

  public DynamoRecordStore(DynamoDbClient client, String table, InstantSource clock) {
    this(() -> client, () -> table, clock);
  }

  DynamoRecordStore(Supplier<DynamoDbClient> client, Supplier<String> table, InstantSource clock) {
    this.client = client;
    this.table = table;
    this.clock = clock;
  }

  @Override
  public Optional<StoredRecord> get(RecordKey key) {
    Map<String, AttributeValue> item =
        translated(
            where(key.partition(), key.sort()),
            () ->
                client
                    .get()
                    .getItem(r ->
                        r.tableName(table.get()).key(DynamoItems.key(key)).consistentRead(true))
                    .item());
    return Optional.of(item).filter(this::isThere).map(DynamoItems::record);
  }

  @Override
  public List<StoredRecord> list(String partition, String prefix) {
    return translated(
        where(partition, prefix),
        () ->
            client
                .get()
                .queryPaginator(DynamoItems.query(table.get(), partition, prefix))
                .items()
                .stream()
                .filter(this::isThere)
                .map(DynamoItems::record)
                .toList());
  }

  @Override
  public boolean commit(List<Change> changes) {
    check(changes);
    String id = UUID.randomUUID().toString();
    DynamoItems items = new DynamoItems(table.get(), id, clock.instant());
    List<TransactWriteItem> writes = changes.stream().map(items::write).toList();
    Change first = changes.getFirst();
    return translated(
        where(first.key().partition(), first.key().sort()),
        () ->
            Attempts.whileConflict(
                DynamoRecordStore::isConflict,
                () -> writes.size() == 1 ? write(writes.getFirst(), id) : transact(writes, id)));
  }

  private boolean write(TransactWriteItem write, String id) {
    try {
      if (write.put() != null) {
        client.get().putItem(DynamoItems.single(write.put()));
      } else {
        client.get().updateItem(DynamoItems.single(write.update()));
      }
      return true;
    } catch (ConditionalCheckFailedException e) {
      return DynamoItems.isOf(e.item(), id);
    }
  }

  private boolean transact(List<TransactWriteItem> writes, String id) {
    try {
      client.get().transactWriteItems(r -> r.transactItems(writes).clientRequestToken(id));
      return true;
    } catch (TransactionCanceledException e) {
      if (isReason(e, "ConditionalCheckFailed")) {
        return false;
      }
      throw e;
    }
  }

  private boolean isThere(Map<String, AttributeValue> item) {
    return !item.isEmpty() && !DynamoItems.isOver(item, clock.instant());
  }

  private String where(String partition, String sort) {
    return table.get() + " " + partition + " " + sort;
  }

  /// Whether the write was refused for another one that was under way, or for too many of them.
  private static boolean isConflict(AwsServiceException e) {
    return switch (e) {
      case TransactionCanceledException canceled ->
          isReason(canceled, "TransactionConflict")
              || isReason(canceled, "ThrottlingError")
              || isReason(canceled, "ProvisionedThroughputExceeded");
      case TransactionConflictException _, TransactionInProgressException _ -> true;
      default -> false;
    };
  }

  private static boolean isReason(TransactionCanceledException e, String code) {
    return e.cancellationReasons().stream().anyMatch(reason -> code.equals(reason.code()));
  }

  private static void check(List<Change> changes) {
    if (changes.isEmpty() || changes.size() > MAX_CHANGES) {
      throw new IllegalArgumentException(
          "a commit has 1 to %d changes, not %d".formatted(MAX_CHANGES, changes.size()));
    }
    if (changes.stream().map(Change::key).distinct().count() < changes.size()) {
      throw new IllegalArgumentException("a commit changes a record once");
    }
  }
}
