package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void keyThatIsThere_isNotReplaced() throws IOException {
    ok("member", "request", "north", "--organisation", "North");
    String key = Files.readString(folder.resolve("member.key"));

    Shell.Result again = shell().run("member", "request", "north", "--organisation", "North");

    assertThat(again.status()).isEqualTo(ExitStatus.USAGE.number());
    assertThat(Files.readString(folder.resolve("member.key"))).isEqualTo(key);
  }

  @Test
  void missingPassphrase_isNamed() {
    Shell.Result result = new Shell(folder).run("member", "revoke", "north");

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE.number());
    assertThat(result.err()).contains("RENGO_PASSPHRASE");
  }

  private Shell.Result ok(String... words) {
    Shell.Result result = shell().run(words);
    assertThat(result.status()).as(result.err()).isZero();
    return result;
  }

  private Shell shell() {
    Shell shell = new Shell(folder);
    shell.environment = Map.of("RENGO_PASSPHRASE", "several words of mine");
    return shell;
  }
}
