package io.rengo.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStateTest {
  @TempDir Path folder;

  @Test
  void valuesOutliveTheProcess() {
    double[] values = new Random(1).doubles(20_001).toArray();
    new FolderState(folder).save("job", "error", 3, values, 0);

    assertThat(new FolderState(folder).load("job", "error", 3)).hasValue(values);
  }

  @Test
  void otherRoundsNamesAndJobsAreApart() {
    MemberState state = new FolderState(folder);
    state.save("job", "error", 3, new double[] {1}, 0);

    assertThat(state.load("job", "error", 2)).isEmpty();
    assertThat(state.load("job", "control", 3)).isEmpty();
    assertThat(state.load("other", "error", 3)).isEmpty();
  }

  @Test
  void roundsBeforeTheOldestAreForgotten() throws IOException {
    MemberState state = new FolderState(folder);
    for (int round = 1; round <= 4; round++) {
      state.save("job", "error", round, new double[] {round}, Math.max(0, round - 1));
    }

    try (Stream<Path> files = Files.list(folder.resolve("job"))) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .isEqualTo(List.of("error-000003.state", "error-000004.state"));
    }
  }

  @Test
  void fileThatIsBrokenIsAsIfItWereNotThere() throws IOException {
    MemberState state = new FolderState(folder);
    state.save("job", "error", 3, new double[] {1, 2, 3}, 0);
    Path file = folder.resolve("job/error-000003.state");
    byte[] bytes = Files.readAllBytes(file);
    bytes[9] ^= 1;
    Files.write(file, bytes);

    assertThat(state.load("job", "error", 3)).isEmpty();
    Files.write(file, new byte[5]);
    assertThat(state.load("job", "error", 3)).isEmpty();
  }
}
