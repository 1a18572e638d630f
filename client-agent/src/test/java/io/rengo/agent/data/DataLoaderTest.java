package io.rengo.agent.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.rengo.agent.Examples;
import io.rengo.agent.MemberData;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataLoaderTest {
  private static final Path DATA = Path.of(System.getProperty("rengo.root"), "examples", "data");

  @TempDir Path folder;

  @Test
  void digits_areReadSplitAndScaled() throws IOException {
    DataSettings settings =
        settings("path: digits.csv.gz, normalise: {kind: scale, by: 0.0625}, hold-out: 0.2");
    Examples all = DataLoader.read(settings, DATA);
    MemberData data = DataLoader.load(settings, DATA);

    assertThat(all.count()).isEqualTo(1797);
    assertThat(all.width()).isEqualTo(64);
    assertThat(Arrays.copyOf(all.features(), 8)).containsExactly(0, 0, 5, 13, 9, 1, 0, 0);
    assertThat(data.training().count()).isEqualTo(1438);
    assertThat(data.holdOut().count()).isEqualTo(359);
    assertThat(data.training().features()).contains(1f).doesNotContain(16f);
    int[] perClass = new int[10];
    for (int label : data.holdOut().classes()) {
      perClass[label]++;
    }
    assertThat(perClass).containsExactly(35, 37, 35, 37, 36, 36, 36, 36, 35, 36);
  }

  @Test
  void split_isOneOfTheRows() throws IOException {
    DataSettings settings = settings("path: wdbc.csv.gz");
    MemberData data = DataLoader.load(settings, DATA);
    float[] parts = concatenate(data.training().features(), data.holdOut().features());
    float[] whole = DataLoader.read(settings, DATA).features();

    assertThat(sorted(parts)).isEqualTo(sorted(whole));
    assertThat(DataLoader.load(settings, DATA).holdOut().features())
        .isEqualTo(data.holdOut().features());
    assertThat(DataLoader.load(settings("path: wdbc.csv.gz, seed: 2"), DATA).holdOut().features())
        .isNotEqualTo(data.holdOut().features());
  }

  @Test
  void standard_measuresTheTrainingPartAlone() throws IOException {
    MemberData data =
        DataLoader.load(settings("path: wdbc.csv.gz, normalise: {kind: standard}"), DATA);
    assertThat(columnMean(data.training(), 3)).isCloseTo(0, within(1e-5));
    assertThat(columnMean(data.holdOut(), 3)).isNotCloseTo(0, within(1e-5));
  }

  @Test
  void minMax_givesEachColumnItsRange() throws IOException {
    write("a.csv", "x,c,y\n2,5,0\n4,5,1\n3,5,1\n");
    Examples training =
        DataLoader.load(settings("path: a.csv, normalise: {kind: min-max}, hold-out: 0"), folder)
            .training();
    for (int i = 0; i < 3; i++) {
      float x = training.features()[2 * i];
      assertThat(x).isIn(0f, 0.5f, 1f);
      assertThat(training.features()[2 * i + 1]).isZero();
    }
  }

  @Test
  void label_mayBeAnyColumnByNameOrNumber() throws IOException {
    write("a.csv", "x,y,z\n1,0,2\n3,1,4\n");
    for (String label : new String[] {"y", "'1'"}) {
      Examples rows = DataLoader.read(settings("path: a.csv, label: " + label), folder);
      assertThat(rows.features()).containsExactly(1, 2, 3, 4);
      assertThat(rows.targets()).containsExactly(0, 1);
    }
  }

  @Test
  void classes_giveNamesTheirNumbers() throws IOException {
    write("a.csv", "1,no\n2,yes\n");
    Examples rows =
        DataLoader.read(settings("path: a.csv, header: false, classes: ['yes', 'no']"), folder);
    assertThat(rows.targets()).containsExactly(1, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "x,y;1,0;oops,1        |                   | 'oops' is not a number | row 3 column x",
        "x,y;1,0;NaN,1         |                   | 'NaN' is not finite    | row 3 column x",
        "x,y;1,0.5             |                   | is not a class number  | row 2 column y",
        "x,y;1,-1              |                   | is not a class number  | row 2 column y",
        "x,y;1,no              | , classes: [good]  | is none of [good]      | row 2 column y",
        "x,y;1,0,3             |                   | 3 columns, not 2       | row 2",
        "x,y;1                 |                   | 1 columns, not 2       | row 2",
        "x,y;1,0               | , header: false   | header to true         | row 1 column 0",
        "1,0;2,1               |                   | header to false        | row 1",
        "x,y;1,0               | , label: q        | no column 'q'          | a.csv",
        "x,y                   |                   | there are no rows      | a.csv",
        "\"\"                    |                   | the file is empty      | a.csv",
      })
  void badTables_nameTheFileRowAndColumn(String text, String settings, String what, String where)
      throws IOException {
    write("a.csv", text.replace(';', '\n'));
    assertThatThrownBy(() ->
            DataLoader.read(settings("path: a.csv" + (settings == null ? "" : settings)), folder))
        .isInstanceOfSatisfying(
            RengoException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.DATA_INVALID))
        .hasMessageContaining(what)
        .hasMessageContaining("a.csv")
        .hasMessageContaining(where);
  }

  @Test
  void missingFile_isNamed() {
    assertThatThrownBy(() -> DataLoader.read(settings("path: none.csv"), folder))
        .hasMessageContaining("DATA_INVALID")
        .hasMessageContaining("none.csv");
  }

  @Test
  void truncatedGzip_isNamed() throws IOException {
    byte[] whole = Files.readAllBytes(DATA.resolve("digits.csv.gz"));
    Files.write(folder.resolve("a.csv"), Arrays.copyOf(whole, 20_000));
    assertThatThrownBy(() -> DataLoader.read(settings("path: a.csv"), folder))
        .hasMessageContaining("DATA_INVALID")
        .hasMessageContaining("a.csv");
  }

  @Test
  void gzip_isFoundByItsContent() throws IOException {
    try (GZIPOutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.csv")))) {
      out.write("x,y\n1,0\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(DataLoader.read(settings("path: a.csv"), folder).count()).isEqualTo(1);
  }

  private static DataSettings settings(String fields) throws IOException {
    return DataSettings.from(new YAMLMapper().readTree("{format: csv, " + fields + "}"), "test");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static double columnMean(Examples examples, int column) {
    double sum = 0;
    for (int i = 0; i < examples.count(); i++) {
      sum += examples.features()[i * examples.width() + column];
    }
    return sum / examples.count();
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  private static float[] concatenate(float[] a, float[] b) {
    float[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static float[] sorted(float[] values) {
    float[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }
}
