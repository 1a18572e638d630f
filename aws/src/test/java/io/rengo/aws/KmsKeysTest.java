package io.rengo.aws;

import io.rengo.protocol.Keys;
import io.rengo.protocol.KeysContract;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.kms.KmsClient;

class KmsKeysTest extends KeysContract {
  private static Keys keys;
  private static Keys others;

  @BeforeAll
  static void createKeys() {
    KmsClient client = LocalStack.clients().kms();
    keys = new KmsKeys(() -> client, client.createKey().keyMetadata().keyId());
    others = new KmsKeys(() -> client, client.createKey().keyMetadata().keyId());
  }

  @Override
  protected Keys keys() {
    return keys;
  }

  @Override
  protected Keys others() {
    return others;
  }
}
