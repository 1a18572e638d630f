package io.rengo.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @Test
  void defaults_areThoseOfTheDemo() throws IOException {
    Settings settings = settings(Map.of());
    assertThat(settings.names().federation()).isEqualTo("demo");
    assertThat(settings.members()).containsExactly("member-1", "member-2", "member-3");
    assertThat(settings.runtime()).isEqualTo("java25");
    assertThat(settings.snapStart()).isTrue();
    assertThat(settings.ephemeral()).isFalse();
    assertThat(GpuFleet.of(settings)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "federation | Demo | lower-case letters",
        "members | a,B | member «B» is not a name",
        "members | a,a | Name them apart",
        "members | a-1,a1 | Name them apart",
        "lambda-jar | missing.jar | mvn -pl lambdas -am package",
        "snap-start | yes | «yes» is not true or false",
        "ephemeral | 1 | (at context ephemeral)"
      })
  void wrongValue_isRefusedWithTheMend(String name, String value, String message) {
    assertThatThrownBy(() -> settings(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gpu-image | '' | Push gpu-trainer-image",
        "gpu-image | rengo/gpu-trainer:0.1.0 | names no digest",
        "gpu-config | '' | -c gpu-config=FILE",
        "gpu-member | nobody | The members are [member-1, member-2, member-3]",
        "gpu-data | /data | Give s3://BUCKET/PREFIX",
        "gpu-max | many | a whole number",
        "gpu-vpc | vpc-1 | Name those of gpu-vpc"
      })
  void wrongFleet_isRefusedWithTheMend(String name, String value, String message)
      throws IOException {
    Map<String, Object> context = new HashMap<>(Synthesis.withFleet());
    context.put(name, value);
    Settings settings = settings(context);
    assertThatThrownBy(() -> GpuFleet.of(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Settings settings(Map<String, Object> context) throws IOException {
    return Settings.from(Synthesis.app(context, Files.createTempDirectory("cdk")).getNode());
  }
}
