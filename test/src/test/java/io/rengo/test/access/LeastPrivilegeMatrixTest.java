package io.rengo.test.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every role as it is deployed, and every action that the documentation says it may and may not.
class LeastPrivilegeMatrixTest {
  @TempDir static Path folder;
  private static MiniStack emulator;
  private static Roles roles;
  private static Emulated emulated;

  @BeforeAll
  static void deploy() throws Exception {
    emulator = MiniStack.start();
    Account account = Account.deploy(Caller.owner(emulator.endpoint()), folder);
    roles = new Roles(account);
    emulated = new Emulated(account, roles);
  }

  @AfterAll
  static void stop() {
    if (emulator != null) {
      emulator.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.rengo.test.access.Matrix#member")
  void member(Attempt attempt) {
    assertThat(emulated.passes(roles.member(attempt.who()), attempt)).isEqualTo(attempt.allowed());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.rengo.test.access.Matrix#member")
  void memberByCertificate(Attempt attempt) {
    assertThat(emulated.passes(roles.byCertificate(attempt.who()), attempt))
        .isEqualTo(attempt.allowed());
  }

  /// The role's policy names nobody: without a tag it allows nothing of anybody's.
  @ParameterizedTest
  @CsvSource({
    "sqs:ReceiveMessage, queue `rengo-demo-member-north`",
    "s3:PutObject, new object `jobs/j/rounds/1/updates/north/payload`",
    "s3:GetObject, object `federation/certificates/north.pem`",
    "kms:GenerateDataKey, the updates' key as `north`"
  })
  void sessionWithoutATag_isNobody(String action, String on) {
    Attempt attempt = new Attempt("nobody", action, on, false);
    assertThat(emulated.passes(roles.service("ByCertificate"), attempt)).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.rengo.test.access.Matrix#functions")
  void function(Attempt attempt) {
    assertThat(emulated.passes(roles.service(attempt.who()), attempt)).isEqualTo(attempt.allowed());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.rengo.test.access.Matrix#stateMachines")
  void stateMachine(Attempt attempt) {
    assertThat(emulated.passes(roles.service(attempt.who()), attempt)).isEqualTo(attempt.allowed());
  }

  /// Though a policy of their own allows them everything with keys.
  @ParameterizedTest
  @CsvSource({
    "kms:Decrypt, the updates' key as `north`, false",
    "kms:CreateGrant, the updates' key, false",
    "kms:GenerateDataKey, the updates' key as `north`, true",
    "kms:Decrypt, the data key, true"
  })
  void administratorOfKeys_opensNoUpdate(String action, String on, boolean allowed) {
    Attempt attempt = new Attempt("administrator", action, on, allowed);
    assertThat(emulated.passes(roles.user("administrator", "kms:*"), attempt)).isEqualTo(allowed);
  }

  /// Though a policy of their own allows them to take every role.
  @Test
  void roles_areTakenByTheirOwnersAlone() {
    Caller taker = roles.user("taker", "sts:AssumeRole");
    assertThat(taken(taker, "north", Roles.externalId("north"))).isTrue();
    assertThat(taken(taker, "north", Roles.externalId("south"))).isFalse();
    assertThat(taken(taker, "FoldTiles", "any")).isFalse();
    assertThat(taken(taker, "job", "any")).isFalse();
  }

  private static boolean taken(Caller by, String name, String externalId) {
    return Emulated.passes(() ->
        by.sts()
            .assumeRole(
                r -> r.roleArn(roles.arn(name)).roleSessionName("x").externalId(externalId)));
  }

  /// The emulator tells allowed from refused for every action that somebody is allowed.
  @Test
  void matrix_triesEachAllowedActionWhereItIsRefusedToo() throws IOException {
    List<Attempt> all =
        Stream.of(Matrix.member(), Matrix.functions(), Matrix.stateMachines())
            .flatMap(List::stream)
            .toList();
    assertThat(actions(all, true)).isNotEmpty().isSubsetOf(actions(all, false));
    assertThat(all).hasSizeGreaterThan(1400);
  }

  private static Set<String> actions(List<Attempt> attempts, boolean allowed) {
    return attempts.stream()
        .filter(attempt -> attempt.allowed() == allowed)
        .map(Attempt::action)
        .collect(Collectors.toSet());
  }
}
