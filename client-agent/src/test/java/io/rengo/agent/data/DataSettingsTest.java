package io.rengo.agent.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.rengo.agent.data.DataSettings.Format;
import io.rengo.agent.data.DataSettings.Task;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSettingsTest {
  @Test
  void defaults_areTheDocumentedOnes() {
    assertThat(read("{format: csv, path: a.csv}"))
        .isEqualTo(
            new DataSettings(
                Format.CSV,
                "a.csv",
                Optional.empty(),
                "last",
                true,
                Task.CLASSIFICATION,
                List.of(),
                new Normalise.None(),
                0.2,
                1,
                Optional.empty()));
  }

  @Test
  void everyField_isRead() {
    assertThat(
            read(
                """
                format: idx
                path: images
                labels: labels
                label: "3"
                header: false
                task: regression
                classes: [bad, good]
                normalise: {kind: min-max, min: 0, max: 16}
                hold-out: 0.5
                seed: 7
                augment: {shape: [1, 8, 8], flip: true, shift: 2, noise: 0.1}
                """))
        .isEqualTo(
            new DataSettings(
                Format.IDX,
                "images",
                Optional.of("labels"),
                "3",
                false,
                Task.REGRESSION,
                List.of("bad", "good"),
                new Normalise.MinMax(Optional.of(0.0), Optional.of(16.0)),
                0.5,
                7,
                Optional.of(new Augment(List.of(1, 8, 8), true, 2, 0.1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{format: csv, path: a.csv, holdout: 0.1}                              | holdout",
        "{format: csv, path: a.csv, normalise: {kind: scale, by: 2, to: 3}}    | to",
        "{format: csv, path: a.csv, normalise: {kind: scale}}                  | by",
        "{format: csv, path: a.csv, normalise: {kind: log}}                    | log",
        "{format: csv, path: a.csv, normalise: {kind: min-max, min: 1}}        | one end",
        "{format: csv, path: a.csv, normalise: {kind: min-max, min: 1, max: 1}} | not below",
        "{format: csv, path: a.csv, hold-out: 1}                               | hold-out is 1.0",
        "{format: csv, path: a.csv, labels: b}                                 | labels",
        "{format: idx, path: a}                                                | labels",
        "{format: arff, path: a}                                               | arff",
        "{format: csv, path: a, classes: [yes, no]}                            | Boolean",
        "{format: csv}                                                         | no path",
        "{path: a.csv}                                                         | no format",
        "{format: csv, path: a, augment: {shape: [8, 8]}}                      | shape",
        "{format: csv, path: a, augment: {shape: [1, 8, 8], shift: 8}}         | shift",
        "{format: csv, path: a, augment: {shape: [1, 8, 8], noise: -1}}        | noise",
      })
  void mistakes_areNamed(String yaml, String named) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOfSatisfying(
            RengoException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining(named);
  }

  private static DataSettings read(String yaml) {
    try {
      JsonNode section = new YAMLMapper().readTree(yaml);
      return DataSettings.from(section, "agent.yaml");
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
