package io.rengo.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.RecordStore.Change.Create;
import io.rengo.protocol.RecordStore.RecordKey;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.RengoException;
import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that writes without end is killed: what it left is whole.
@Timeout(60)
class KilledProcessTest {
  private static final int SIZE = 300_000;

  @TempDir private Path folder;

  /// What the process does: objects of one byte each, and for every object a commit of two records.
  static final class Writer {
    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      var objects = new FolderObjectStore(folder.resolve("objects"), info -> {});
      var records = new FolderRecordStore(folder.resolve("records"), InstantSource.system());
      byte[] content = new byte[SIZE];
      for (int i = 0; ; i++) {
        Arrays.fill(content, (byte) i);
        objects.putOnce("objects/" + i, ByteBuffer.wrap(content));
        records.commit(List.of(record("a", i), record("b", i)));
        System.out.println(i);
      }
    }

    private static Create record(String partition, int i) {
      return new Create(new RecordKey(partition, "%09d".formatted(i)), Integer.toString(i));
    }
  }

  @Test
  void what_a_killed_process_wrote_is_whole() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int done = awaitLine(process, 50);
    assertThatThrownBy(() -> new FolderObjectStore(folder.resolve("objects"), info -> {}))
        .isInstanceOf(RengoException.class)
        .hasMessageContaining("in use by process " + process.pid());

    process.destroyForcibly().waitFor();

    assertObjectsAreWhole(done);
    assertCommitsAreWhole(done);
  }

  private static int awaitLine(Process process, int wanted) throws Exception {
    BufferedReader lines = process.inputReader(UTF_8);
    int line = -1;
    while (line < wanted) {
      line = Integer.parseInt(lines.readLine());
    }
    return line;
  }

  private void assertObjectsAreWhole(int done) {
    try (var objects = new FolderObjectStore(folder.resolve("objects"), info -> {})) {
      List<ObjectInfo> left = objects.list("objects/");
      assertThat(left).hasSizeGreaterThan(done);
      for (ObjectInfo info : left) {
        byte[] whole = new byte[SIZE];
        Arrays.fill(whole, (byte) Integer.parseInt(info.key().substring("objects/".length())));
        assertThat(objects.get(info.key()).orElseThrow().content())
            .isEqualTo(ByteBuffer.wrap(whole));
      }
    }
  }

  private void assertCommitsAreWhole(int done) {
    try (var records = new FolderRecordStore(folder.resolve("records"), InstantSource.system())) {
      List<String> left = jsons(records.list("a", ""));
      assertThat(left).hasSizeGreaterThan(done).isEqualTo(jsons(records.list("b", "")));
    }
  }

  private static List<String> jsons(List<StoredRecord> records) {
    return records.stream().map(StoredRecord::json).toList();
  }
}
