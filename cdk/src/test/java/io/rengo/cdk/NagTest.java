package io.rengo.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackProps;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Matcher;
import software.amazon.awscdk.cxapi.SynthesisMessage;

class NagTest {
  @Test
  void awsSolutions_hasNoUnsuppressedFinding() throws IOException {
    Map<String, Object> context = new TreeMap<>(Synthesis.withFleet());
    context.put(
        "authority", Synthesis.file("ca", ".pem", "-----BEGIN CERTIFICATE-----").toString());
    context.put("revoked", Synthesis.file("crl", ".pem", "-----BEGIN X509 CRL-----").toString());
    context.put("ledger-object-lock", "365");
    App app = Synthesis.app(context, Files.createTempDirectory("cdk"));
    Aspects.of(app)
        .add(new AwsSolutionsChecks(NagPackProps.builder().verbose(true).reports(false).build()));
    Stacks stacks = Stacks.of(app);

    List<String> findings =
        stacks.all().stream().flatMap(stack -> findings(Annotations.fromStack(stack))).toList();

    assertThat(findings).isEmpty();
  }

  @Test
  void suppressions_haveReasons() {
    List<JsonNode> suppressions =
        Synthesis.WHOLE.resources().stream()
            .flatMap(resource ->
                Synthesis.stream(
                    resource.body().path("Metadata").path("cdk_nag").path("rules_to_suppress")))
            .toList();

    assertThat(suppressions).isNotEmpty();
    assertThat(suppressions)
        .allSatisfy(suppression -> {
          assertThat(suppression.path("reason").asText()).hasSizeGreaterThan(40);
          if (suppression.path("id").asText().equals("AwsSolutions-IAM5")) {
            assertThat(suppression.path("applies_to")).isNotEmpty();
          }
        });
  }

  private static Stream<String> findings(Annotations annotations) {
    Matcher any = Match.stringLikeRegexp(".*");
    return Stream.of(annotations.findError("*", any), annotations.findWarning("*", any))
        .flatMap(List::stream)
        .map(NagTest::describe);
  }

  private static String describe(SynthesisMessage message) {
    return message.getLevel() + " " + message.getId() + ": " + message.getEntry().getData();
  }
}
