package io.rengo.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.aws.FakeAws.Answer;
import io.rengo.aws.FakeAws.Asked;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.RevocationLists.Put;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/// The requests to IAM Roles Anywhere, as its API reference has them, to a server that plays it.
class RolesAnywhereListsTest {
  private static final String ANCHOR =
      "arn:aws:rolesanywhere:us-east-1:123456789012:trust-anchor/a1";
  private static final String LIST = "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n";

  @Test
  void firstList_isImportedForTheAnchor() {
    try (FakeAws aws = new FakeAws(crls(""), Answer.json(201, "{\"crl\": {}}"))) {
      assertThat(put(aws)).isEqualTo(Put.IMPORTED);

      Asked asked = aws.asked().getLast();
      assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /crls");
      assertThat(body(asked).path("name").asText()).isEqualTo("rengo-demo");
      assertThat(body(asked).path("trustAnchorArn").asText()).isEqualTo(ANCHOR);
      assertThat(body(asked).path("enabled").asBoolean()).isTrue();
      assertThat(list(asked)).isEqualTo(LIST);
    }
  }

  @Test
  void nextList_replacesTheAnchorsOwn() {
    try (FakeAws aws =
        new FakeAws(
            crls(crl("other", ANCHOR + "2", true) + ", " + crl("own", ANCHOR, true)),
            Answer.json(200, "{\"crl\": {}}"))) {
      assertThat(put(aws)).isEqualTo(Put.REPLACED);

      assertThat(aws.asked()).hasSize(2);
      Asked asked = aws.asked().getLast();
      assertThat(asked.method() + " " + asked.path()).isEqualTo("PATCH /crl/own");
      assertThat(list(asked)).isEqualTo(LIST);
    }
  }

  @Test
  void listThatWasDisabled_isEnabledAgain() {
    try (FakeAws aws =
        new FakeAws(
            crls(crl("own", ANCHOR, false)),
            Answer.json(200, "{\"crl\": {}}"),
            Answer.json(200, "{\"crl\": {}}"))) {
      put(aws);

      Asked asked = aws.asked().getLast();
      assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /crl/own/enable");
    }
  }

  @Test
  void refusal_isOneOfThisAnchor() {
    try (FakeAws aws =
        new FakeAws(
            Answer.json(
                403, "{\"__type\": \"AccessDeniedException\", \"message\": \"not you\"}"))) {
      assertThatThrownBy(() -> put(aws))
          .isInstanceOfSatisfying(
              RengoException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
                assertThat(e.where()).isEqualTo(ANCHOR);
              });
    }
  }

  private static Put put(FakeAws aws) {
    return RolesAnywhereLists.through(aws.clients()).put(ANCHOR, "rengo-demo", LIST);
  }

  private static Answer crls(String entries) {
    return Answer.json(200, "{\"crls\": [" + entries + "]}");
  }

  private static String crl(String id, String anchor, boolean enabled) {
    return "{\"crlId\": \"%s\", \"trustAnchorArn\": \"%s\", \"enabled\": %s}"
        .formatted(id, anchor, enabled);
  }

  private static JsonNode body(Asked asked) {
    return Json.read(asked.body(), JsonNode.class, asked.path());
  }

  private static String list(Asked asked) {
    return new String(Base64.getDecoder().decode(body(asked).path("crlData").asText()), UTF_8);
  }
}
