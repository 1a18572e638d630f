package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.identity.Keys;
import io.rengo.identity.SafeFiles;
import io.rengo.protocol.OperatorPorts;
import io.rengo.protocol.TrustKeys;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.RevocationLists;
import io.rengo.protocol.trust.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void init() {
    assertThat(shell().run("federation", "init", "demo").status()).isZero();
  }

  @Test
  void memberIsAdded_renewed_revoked() {
    ok("member", "request", "north", "--organisation", "North Hospital", "--out", "north");
    assertThat(ok("member", "inspect", "north/member.csr").out())
        .contains("request: north, role member, organisation North Hospital");
    assertThat(ok("member", "approve", "north/member.csr").out()).contains("approved north");
    assertThat(ok("member", "inspect", "federation/certificates/north.pem").out())
        .contains("north, role member");
    assertThat(ok("member", "renew", "north", "--life", "30d").out()).contains("renewed north");
    assertThat(ok("member", "list").out().lines()).hasSize(2).allMatch(l -> l.contains("good"));
    ok("member", "revoke", "north");
    assertThat(ok("member", "list").out().lines()).hasSize(2).allMatch(l -> l.contains("revoked"));
    assertThat(shell().run("member", "renew", "north").status())
        .isEqualTo(ExitStatus.USAGE.number());
  }

  @Test
  void kit_isWritten() throws IOException {
    ok("member", "request", "north", "--organisation", "North");
    ok("member", "approve", "member.csr");

    ok(
        "member",
        "kit",
        "north",
        "--region",
        "r",
        "--bucket",
        "b",
        "--role",
        "arn:aws:iam::1:role/n");

    try (var files = Files.list(folder.resolve("kit"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "README.md",
              "agent.yaml",
              "ca.pem",
              "compose.yaml",
              "kubernetes.yaml",
              "member.pem",
              "policy.yaml");
    }
  }

  @Test
  void kitByCertificate_hasTheHelpersConfiguration() {
    ok(
        "member",
        "kit",
        "north",
        "--region=r",
        "--bucket=b",
        "--role=arn:r",
        "--trust-anchor=arn:a",
        "--profile=arn:p");

    assertThat(folder.resolve("kit/aws-config"))
        .content()
        .contains("--trust-anchor-arn arn:a --profile-arn arn:p --role-arn arn:r");
    assertThat(
            shell()
                .run("member", "kit", "n", "--region=r", "--bucket=b", "--role=r", "--profile=p")
                .err())
        .contains("--trust-anchor, --profile");
  }

  @Test
  void keyThatIsThere_isNotReplaced() throws IOException {
    ok("member", "request", "north", "--organisation", "North");
    String key = Files.readString(folder.resolve("member.key"));

    Shell.Result again = shell().run("member", "request", "north", "--organisation", "North");

    assertThat(again.status()).isEqualTo(ExitStatus.USAGE.number());
    assertThat(Files.readString(folder.resolve("member.key"))).isEqualTo(key);
  }

  @Test
  void keyInAKeyService_needsNoPassphrase() {
    SigningKey key = Keys.signing(Keys.make(new SecureRandom()));
    Shell shell = new Shell(folder);
    shell.operator = new OperatorPorts(id -> key, shell.operator.lists());

    ok(shell, "federation", "init", "kept", "--folder", "kept", "--kms-key", "alias/ca");
    ok("member", "request", "north", "--organisation", "North");
    ok(shell, "member", "approve", "member.csr", "--folder", "kept");
    ok(shell, "member", "renew", "north", "--folder", "kept");
    ok(shell, "member", "revoke", "north", "--folder", "kept");

    assertThat(ok("member", "list", "--folder", "kept").out().lines())
        .hasSize(2)
        .allMatch(line -> line.contains("revoked"));
    assertThat(folder.resolve("kept/ca.key")).doesNotExist();
    assertThat(folder.resolve("kept/ca.kms")).hasContent("alias/ca");
  }

  @Test
  void revocation_isKnownToDeploymentAndTrustAnchorAtOnce() {
    Deployment deployment = new Deployment();
    List<String> imported = new ArrayList<>();
    Shell shell = deployed(deployment, imported);
    ok(shell, "member", "request", "north", "--organisation", "North");
    ok(shell, "member", "approve", "member.csr");

    Shell.Result revoked = ok(shell, "member", "revoke", "north");

    assertThat(revoked.out()).contains("the deployment knows; imported into IAM Roles Anywhere");
    String list = text(deployment, TrustKeys.REVOKED);
    assertThat(Pem.crl(list, "test").getRevokedCertificates()).hasSize(1);
    assertThat(imported).containsExactly("arn:anchor rengo-demo " + list);
  }

  @Test
  void dueCertificates_areRenewedAndPublishedForTheirAgents() {
    Deployment deployment = new Deployment();
    Shell shell = deployed(deployment, new ArrayList<>());
    ok(shell, "member", "request", "north", "--organisation", "North");
    ok(shell, "member", "approve", "member.csr", "--life", "90d");
    assertThat(ok(shell, "member", "renew", "--due").out()).contains("no certificate is due");

    shell.clock = InstantSource.offset(InstantSource.system(), Duration.ofDays(70));
    Shell.Result listed = ok(shell, "member", "list");
    assertThat(listed.out()).contains(" due ");
    assertThat(listed.err()).contains("the list of revoked certificates ends in 19 days");
    assertThat(ok(shell, "doctor").out()).containsPattern("absent +list +the list of revoked");

    assertThat(ok(shell, "member", "renew", "--due").out())
        .contains("renewed north", "its agent takes it by itself");
    assertThat(text(deployment, TrustKeys.certificate("north")))
        .isEqualTo(SafeFiles.read(folder.resolve("federation/certificates/north.pem")));
    assertThat(ok(shell, "member", "list").out().lines())
        .hasSize(2)
        .allMatch(line -> line.contains(" good "));
  }

  private Shell deployed(Deployment deployment, List<String> imported) {
    Shell shell = shell().over(deployment);
    shell.environment =
        Map.of(
            "RENGO_PASSPHRASE", "several words of mine",
            "RENGO_BUCKET", "bucket",
            "RENGO_TRUST_ANCHOR", "arn:anchor");
    shell.operator =
        new OperatorPorts(
            shell.operator.keys(),
            (anchor, name, list) -> {
              imported.add(anchor + " " + name + " " + list);
              return RevocationLists.Put.IMPORTED;
            });
    return shell;
  }

  private static String text(Deployment deployment, String key) {
    return StandardCharsets.US_ASCII
        .decode(deployment.ports.objects().get(key).orElseThrow().content())
        .toString();
  }

  @Test
  void missingPassphrase_isNamed() {
    Shell.Result result = new Shell(folder).run("member", "revoke", "north");

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE.number());
    assertThat(result.err()).contains("RENGO_PASSPHRASE");
  }

  private Shell.Result ok(String... words) {
    return ok(shell(), words);
  }

  private static Shell.Result ok(Shell shell, String... words) {
    Shell.Result result = shell.run(words);
    assertThat(result.status()).as(result.err()).isZero();
    return result;
  }

  private Shell shell() {
    Shell shell = new Shell(folder);
    shell.environment = Map.of("RENGO_PASSPHRASE", "several words of mine");
    return shell;
  }
}
