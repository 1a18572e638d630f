package io.rengo.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentConfigTest {
  private static final String TRUST =
      "\ntrust: {authority: a, certificate: b, key: c, passphrase-file: d}\n";
  private static final String REGION =
      """
      federation: world
      member: north
      region:
        federation: north
        environment: {AWS_REGION: eu-north-1, RENGO_ROLE_ARN: ""}
      """;

  @Test
  void textOfAVariable_isReadAsAFile() {
    AgentConfig config = AgentConfig.read("env:CONFIG", Map.of("CONFIG", REGION));

    assertThat(config.member()).isEqualTo("north");
    assertThat(config.region().orElseThrow().federation()).isEqualTo("north");
  }

  @Test
  void regionsVariables_standOverTheProcesss() {
    RegionConfig region =
        AgentConfig.read("env:CONFIG", Map.of("CONFIG", REGION)).region().orElseThrow();

    assertThat(
            region.variables(
                Map.of(
                    "AWS_REGION", "us-east-1",
                    "RENGO_FEDERATION", "world",
                    "RENGO_ROLE_ARN", "arn",
                    "HOME", "/")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "AWS_REGION", "eu-north-1",
                "RENGO_FEDERATION", "north",
                "RENGO_ROLE_ARN", "",
                "HOME", "/"));
  }

  @Test
  void variableThatIsNotSet_isAnErrorThatNamesIt() {
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> AgentConfig.read("env:CONFIG", Map.of()))
        .matches(e -> e.code() == ErrorCode.CONFIG_INVALID)
        .withMessageContaining("CONFIG");
  }

  @Test
  void presigned_isAnAddress() {
    assertThat(presigned("https://x.lambda-url.eu-central-1.on.aws/" + TRUST).presigned())
        .hasValueSatisfying(address -> assertThat(address.getScheme()).isEqualTo("https"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://x.lambda-url.eu-central-1.on.aws/" + TRUST,
        "x.lambda-url.eu-central-1.on.aws" + TRUST,
        "\"https://a b/\"" + TRUST,
        "https://x.lambda-url.eu-central-1.on.aws/",
        "https://x.lambda-url.eu-central-1.on.aws/" + TRUST + "region: {federation: north}\n"
      })
  void presignedThatCannotBe_isRefused(String rest) {
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> presigned(rest))
        .matches(e -> e.code() == ErrorCode.CONFIG_INVALID)
        .withMessageContaining("presigned");
  }

  private static AgentConfig presigned(String rest) {
    String text = "federation: world\nmember: north\npresigned: " + rest + "\n";
    return AgentConfig.read("env:CONFIG", Map.of("CONFIG", text));
  }
}
