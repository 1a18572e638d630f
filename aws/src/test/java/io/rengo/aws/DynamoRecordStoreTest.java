package io.rengo.aws;

import io.rengo.protocol.RecordStore;
import io.rengo.protocol.RecordStoreContract;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class DynamoRecordStoreTest extends RecordStoreContract {
  private static RecordStore store;

  @Override
  protected RecordStore store() {
    return store;
  }

  @BeforeAll
  static void createTable() {
    DynamoDbClient client = LocalStack.clients().dynamoDb();
    String table = "rengo-test-" + UUID.randomUUID();
    client.createTable(r ->
        r.tableName(table)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(attribute("pk"), attribute("sk"))
            .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
    client.waiter().waitUntilTableExists(r -> r.tableName(table));
    store = new DynamoRecordStore(client, table, InstantSource.system());
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
