package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.agent.trust.OwnCertificate;
import io.rengo.agent.trust.Renewal;
import io.rengo.identity.FederationFolder;
import io.rengo.identity.TestFederation;
import io.rengo.local.ManualTime;
import io.rengo.local.MemoryObjectStore;
import io.rengo.protocol.TrustKeys;
import io.rengo.protocol.trust.Identity;
import io.rengo.protocol.trust.KeySigner;
import io.rengo.protocol.trust.Kind;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How an agent comes to its next certificate. Certificates here last a day.
class RenewalTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  private final ManualTime time = new ManualTime(START);
  private final TestFederation federation = new TestFederation(START);
  private final KeySigner north = federation.signer("north", Role.MEMBER);
  private final MemoryObjectStore objects = new MemoryObjectStore();

  @BeforeEach
  void give() throws IOException {
    Files.writeString(folder.resolve("member.pem"), FederationFolder.pem(north.certificate()));
  }

  @Test
  void renewedCertificate_isTakenWhenItIsDue() throws IOException {
    OwnCertificate own = own();
    Renewal renewal = renewal(own);
    KeySigner next = federation.renewed(north, START.plus(Duration.ofHours(12)));
    publish(next);

    renewal.run();
    assertThat(own.certificate()).isEqualTo(north.certificate());

    time.advance(Duration.ofHours(18));
    assertThat(renewal.health()).containsEntry("state", "due");
    renewal.run();

    assertThat(own.certificate()).isEqualTo(next.certificate());
    assertThat(own().certificate()).as("after a restart").isEqualTo(next.certificate());
    assertThat(renewal.health()).containsEntry("state", "good");
    assertThat(Pem.certificate(Files.readString(kept()), "kept")).isEqualTo(next.certificate());
    assertThat(
            federation
                .verifier()
                .verify(own.sign(Kind.UPDATE, "{}"), Kind.UPDATE, Role.MEMBER, time.instant())
                .serial())
        .isEqualTo(Identity.of(next.certificate()).serial());
  }

  @Test
  void withoutARenewedOne_theEndIsToldOf() {
    Renewal renewal = renewal(own());

    assertThat(renewal.state()).isEqualTo(Renewal.State.GOOD);
    time.advance(Duration.ofHours(18));
    renewal.run();
    assertThat(renewal.state()).isEqualTo(Renewal.State.DUE);
    time.advance(Duration.ofHours(7));
    renewal.run();
    assertThat(renewal.health())
        .containsEntry("state", "ended")
        .containsEntry("ends", "2026-01-02T00:00:00Z");
  }

  @Test
  void certificateThatIsNotTheFederationsForThisKey_isNotTaken() {
    TestFederation other = new TestFederation(START);
    Instant later = START.plus(Duration.ofHours(12));
    time.advance(Duration.ofHours(18));
    for (KeySigner wrong :
        Set.of(
            other.renewed(north, later),
            federation.signer("north", Role.MEMBER, later),
            federation.renewed(federation.signer("south", Role.MEMBER), later))) {
      OwnCertificate own = own();
      publish(wrong);
      renewal(own).run();
      assertThat(own.certificate()).isEqualTo(north.certificate());
    }
  }

  @Test
  void fileThatIsReplacedByHand_countsWithoutARestart() throws IOException {
    OwnCertificate own = own();
    KeySigner next = federation.renewed(north, START.plus(Duration.ofHours(12)));

    Files.writeString(folder.resolve("member.pem"), FederationFolder.pem(next.certificate()));

    assertThat(own.certificate()).isEqualTo(next.certificate());
  }

  @Test
  void firstCertificate_liesWhereHelpersFindIt() throws IOException {
    renewal(own()).run();

    assertThat(Pem.certificate(Files.readString(kept()), "kept")).isEqualTo(north.certificate());
  }

  @Test
  void renewals_areSpreadAroundTwoThirdsOfTheLife() {
    TreeSet<Instant> due = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      Identity identity = Identity.of(federation.renewed(north, START).certificate());
      Duration life = Duration.between(identity.begins(), identity.ends());
      double share =
          (double) Duration.between(identity.begins(), identity.renewal()).toMillis()
              / life.toMillis();
      assertThat(share).isBetween(2.0 / 3 - 0.0501, 2.0 / 3 + 0.0501);
      due.add(identity.renewal());
    }
    assertThat(due).hasSizeGreaterThan(190);
    assertThat(Duration.between(due.first(), due.last()).toMinutes()).isGreaterThan(100);
  }

  private OwnCertificate own() {
    return new OwnCertificate(
        north.key(), federation.authority(), folder.resolve("member.pem"), kept());
  }

  private Path kept() {
    return folder.resolve("work/member.pem");
  }

  private Renewal renewal(OwnCertificate own) {
    return new Renewal(own, objects, time);
  }

  private void publish(KeySigner signer) {
    String key = TrustKeys.certificate("north");
    objects.delete(key);
    objects.putOnce(
        key,
        ByteBuffer.wrap(
            FederationFolder.pem(signer.certificate()).getBytes(StandardCharsets.US_ASCII)));
  }
}
