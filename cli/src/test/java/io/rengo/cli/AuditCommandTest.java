package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void run() {
    shell("init");
    shell("run", "job.yaml", "--job", "one", "--rounds", "2", "--members", "3");
  }

  private Shell.Result shell(String... words) {
    return new Shell(folder).run(words);
  }

  @Test
  void ledgerThatIsWhole_isProvenAndTold() {
    Shell.Result verified = shell("audit", "verify", "one");
    assertThat(verified.status()).isZero();
    assertThat(verified.out())
        .contains("the ledger of one is whole: 5 pages; signatures were not looked at");

    Shell.Result shown = shell("audit", "show", "one");
    assertThat(shown.out())
        .contains("started with 3 members")
        .containsPattern("by code unknown…, definitions of the state machines [0-9a-f]{12}…")
        .containsPattern("round 1 published: 3 selected, 3 counted, 0 refused, 0 late, model 1 ")
        .containsPattern("(?m)^    counted  +\\S+ +\\d+ examples, \\d+ bytes$")
        .contains("round 2 published");
    assertThat(shell("audit", "show", "one", "--format", "json").json().path("pages")).hasSize(5);
  }

  @Test
  void changedPage_isFound() throws IOException {
    Path page = pages().get(1);
    String text = Files.readString(page);
    Files.writeString(page, text.replace("\"examples\":", "\"examples\":1"));

    broken("page 2");
  }

  @Test
  void missingPage_isFound() throws IOException {
    Files.delete(pages().get(1));

    broken("there are 4 pages of 5");
  }

  @Test
  void reorderedPages_areFound() throws IOException {
    Path first = pages().get(1);
    Path second = pages().get(2);
    byte[] content = Files.readAllBytes(first);
    Files.write(first, Files.readAllBytes(second));
    Files.write(second, content);

    broken("here lies page 2 of one");
  }

  @Test
  void unknownJob_isSaidToBeUnknown() {
    assertThat(shell("audit", "verify", "two").err()).contains("two");
    assertThat(shell("audit", "verify", "two").status()).isNotZero();
  }

  private void broken(String what) {
    for (String command : List.of("verify", "show")) {
      Shell.Result result = shell("audit", command, "one");
      assertThat(result.status()).isNotZero();
      assertThat(result.err()).contains(ErrorCode.LEDGER_BROKEN.name(), what);
    }
  }

  /// The files of the ledger's pages, in order.
  private List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> isPage(file)).sorted().toList();
    }
  }

  private static boolean isPage(Path file) {
    try {
      return Files.size(file) < 1 << 20
          && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
              .contains("\"previous\":");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
