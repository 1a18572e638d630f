package io.rengo.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.KeyContext;
import io.rengo.protocol.Keys;
import io.rengo.protocol.KeysContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKeysTest extends KeysContract {
  private final Keys keys = LocalKeys.inMemory();
  private final Keys others = LocalKeys.inMemory();

  @Override
  protected Keys keys() {
    return keys;
  }

  @Override
  protected Keys others() {
    return others;
  }

  @Test
  void the_key_of_a_file_outlives_the_process_and_is_its_owners_alone(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("keys/updates.key");
    KeyContext context = new KeyContext("fed", "job", 1, "ann");
    Keys.Fresh fresh = LocalKeys.inFile(file).generate(context);

    assertThat(LocalKeys.inFile(file).unwrap(fresh.wrapped(), context).exportSecret())
        .isEqualTo(fresh.key().exportSecret());
    assertThat(Files.getPosixFilePermissions(file))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }
}
