package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.identity.TestFederation;
import io.rengo.protocol.Approval;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RoundReport.Outcome;
import io.rengo.protocol.Trust;
import io.rengo.protocol.TrustKeys;
import io.rengo.protocol.audit.LedgerReader;
import io.rengo.protocol.audit.Page;
import io.rengo.protocol.trust.KeySigner;
import io.rengo.protocol.trust.Kind;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Role;
import io.rengo.protocol.trust.Signed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CRLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A job whose updates must be signed: nothing counts that its member did not sign for this round.
class SignedUpdatesTest {
  private final JobByHand job = JobByHand.started(JobByHand.SMALL, new Trust(false, true));
  private final Place place = job.place;
  private final KeySigner ann = place.identities.signer("ann", Role.MEMBER);

  @BeforeEach
  void open() {
    publish();
    job.open(1);
  }

  @Test
  void signedUpdate_counts() {
    job.deliver(signed(ann.sign(Kind.UPDATE, manifest())));

    assertThat(place.round(1).accepted()).isEqualTo(1);
    assertThat(place.refusals(1)).isEmpty();
  }

  @Test
  void dataOwnersApproval_isInTheLedgerAndNamesTheJobsConfiguration() {
    Job started = Job.load(place.ports, Place.JOB);
    Approval approval =
        new Approval(
            Approval.configuration(started.spec().model(), started.spec().training()),
            place.time.instant());
    String text =
        TestUpdate.of(place, 1, "ann")
            .manifest(manifest -> manifest.set("approval", Json.tree(approval)))
            .manifestText();

    job.deliver(signed(ann.sign(Kind.UPDATE, text)));
    job.close(1);
    job.record(1, Outcome.ABANDONED, List.of(), "the others did not answer");

    List<Page> pages =
        new LedgerReader(place.objects, Place.JOB, Optional.of(place.identities.verifier()))
            .verify(1, false);
    assertThat(pages.get(1).facts().at("/updates/0/member").asText()).isEqualTo("ann");
    assertThat(pages.get(1).facts().at("/updates/0/approval")).isEqualTo(Json.tree(approval));
    assertThat(pages.getFirst().facts().path("configuration").asText())
        .isEqualTo(approval.configuration());
  }

  @Test
  void approvalOfNothing_isRefused() {
    assertThat(
            refusal(
                Json.write(
                    ann.sign(
                        Kind.UPDATE,
                        TestUpdate.of(place, 1, "ann")
                            .manifest(manifest ->
                                manifest
                                    .putObject("approval")
                                    .put("configuration", "<script>")
                                    .put("at", "2026-01-01T00:00:00Z"))
                            .manifestText()))))
        .isEqualTo(ErrorCode.MANIFEST_INVALID);
  }

  @Test
  void listOfRevokedCertificates_isToldOfSeldom() {
    job.deliver(signed(ann.sign(Kind.UPDATE, manifest())));
    job.deliver(signed(ann.sign(Kind.UPDATE, manifest())));

    assertThat(place.listLasts).containsExactly(7.0);
  }

  @Test
  void unsignedUpdate_isRefused() {
    assertThat(refusal(manifest())).isEqualTo(ErrorCode.SIGNATURE_MISSING);
  }

  @Test
  void changedManifest_isRefused() {
    Signed signed = ann.sign(Kind.UPDATE, manifest());
    String changed = signed.body().replace("\"examples\":13", "\"examples\":99");
    assertThat(changed).isNotEqualTo(signed.body());

    assertThat(
            refusal(
                Json.write(
                    new Signed(1, Kind.UPDATE, changed, signed.certificate(), signed.signature()))))
        .isEqualTo(ErrorCode.SIGNATURE_INVALID);
  }

  @Test
  void manifestOfAnotherMember_isRefused() {
    KeySigner bob = place.identities.signer("bob", Role.MEMBER);

    assertThat(refusal(Json.write(bob.sign(Kind.UPDATE, manifest()))))
        .isEqualTo(ErrorCode.CERTIFICATE_ROLE);
  }

  @Test
  void manifestOfAnotherRole_isRefused() {
    KeySigner auditor = place.identities.signer("ann", Role.AUDITOR);

    assertThat(refusal(Json.write(auditor.sign(Kind.UPDATE, manifest()))))
        .isEqualTo(ErrorCode.CERTIFICATE_ROLE);
  }

  @Test
  void manifestOfAnotherFederation_isRefused() {
    KeySigner stranger = new TestFederation(place.time.instant()).signer("ann", Role.MEMBER);

    assertThat(refusal(Json.write(stranger.sign(Kind.UPDATE, manifest()))))
        .isEqualTo(ErrorCode.CERTIFICATE_UNTRUSTED);
  }

  @Test
  void expiredCertificate_isRefused() {
    KeySigner old =
        place.identities.signer("ann", Role.MEMBER, place.time.instant().minus(Duration.ofDays(3)));

    assertThat(refusal(Json.write(old.sign(Kind.UPDATE, manifest()))))
        .isEqualTo(ErrorCode.CERTIFICATE_EXPIRED);
  }

  @Test
  void revokedCertificate_isRefusedFromThePublicationOn() {
    place.identities.revoke(ann);
    publish();

    assertThat(refusal(Json.write(ann.sign(Kind.UPDATE, manifest()))))
        .isEqualTo(ErrorCode.CERTIFICATE_REVOKED);
  }

  @Test
  void manifestThatWasSignedForAnotherRound_isRefused() {
    String replayed = manifest().replace("\"round\":1", "\"round\":2");

    assertThat(refusal(Json.write(ann.sign(Kind.UPDATE, replayed))))
        .isEqualTo(ErrorCode.MANIFEST_REPLAYED);
  }

  @Test
  void secondUpdate_isADuplicate() {
    job.deliver(signed(ann.sign(Kind.UPDATE, manifest())));
    job.deliver(
        signed(ann.sign(Kind.UPDATE, manifest().replace("\"examples\":13", "\"examples\":14"))));

    assertThat(place.refusals(1))
        .extracting(Refusal::code)
        .containsExactly(ErrorCode.UPDATE_DUPLICATE);
  }

  @Test
  void tasks_areSignedByTheFederation() {
    String message =
        place
            .queues
            .receive(Place.FEDERATION.memberQueue("bob"), 1, Duration.ZERO, Duration.ofMinutes(1))
            .getFirst()
            .body();
    Signed signed = Json.read(message, Signed.class, "task");

    assertThat(
            place
                .identities
                .verifier()
                .verify(signed, Kind.TASK, Role.COORDINATOR, place.time.instant())
                .name())
        .isEqualTo("coordinator");
  }

  private com.fasterxml.jackson.databind.node.ObjectNode signed(Signed signed) {
    return TestUpdate.of(place, 1, "ann").text(Json.write(signed)).send();
  }

  private String manifest() {
    return TestUpdate.of(place, 1, "ann").manifestText();
  }

  private ErrorCode refusal(String text) {
    job.deliver(TestUpdate.of(place, 1, "ann").text(text).send());
    List<Refusal> refusals = place.refusals(1);
    assertThat(refusals).hasSize(1);
    assertThat(place.round(1).accepted()).isZero();
    return refusals.getFirst().code();
  }

  private void publish() {
    try {
      String list = Pem.write("X509 CRL", place.identities.list().getEncoded());
      Optional<String> etag = place.objects.get(TrustKeys.REVOKED).map(object -> object.etag());
      place.objects.compareAndSwap(
          TrustKeys.REVOKED, etag, ByteBuffer.wrap(list.getBytes(StandardCharsets.US_ASCII)));
    } catch (CRLException e) {
      throw new IllegalStateException(e);
    }
  }
}
