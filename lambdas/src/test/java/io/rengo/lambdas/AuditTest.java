package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.identity.TestFederation;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundReport.Outcome;
import io.rengo.protocol.Trust;
import io.rengo.protocol.audit.LedgerReader;
import io.rengo.protocol.audit.Page;
import io.rengo.protocol.trust.Verifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A job's ledger tells what happened, and no change of it goes unnoticed.
class AuditTest {
  private final JobByHand job = JobByHand.started(JobByHand.SMALL, new Trust(false, true));
  private final Place place = job.place;

  @Test
  void everyRound_hasItsPage() {
    twoRounds();

    assertThat(verify(2))
        .extracting(Page::what)
        .containsExactly(Page.What.STARTED, Page.What.ROUND, Page.What.ROUND);
    Page round = verify(2).get(1);
    assertThat(round.facts().path("selected")).hasSize(3);
    assertThat(round.facts().at("/report/outcome").asText()).isEqualTo("abandoned");
  }

  @Test
  void whatRan_isOnTheFirstPageAndOnEachRounds() {
    twoRounds();

    assertThat(verify(2))
        .allSatisfy(page -> {
          assertThat(page.facts().at("/versions/code").asText()).isEqualTo("code's hash");
          assertThat(page.facts().at("/versions/definitions").asText())
              .isEqualTo("definitions' hash");
        });
  }

  @Test
  void everyChangedByte_isFound() {
    twoRounds();
    for (int page = 0; page <= 2; page++) {
      String key = Place.KEYS.ledger(page);
      byte[] was = bytes(key);
      for (int at = 0; at < was.length; at += 7) {
        byte[] changed = was.clone();
        changed[at] ^= 1;
        replace(key, changed);
        broken(2);
      }
      replace(key, was);
    }
    assertThat(verify(2)).hasSize(3);
  }

  @Test
  void missingPages_areFound() {
    twoRounds();
    for (int page = 0; page <= 2; page++) {
      String key = Place.KEYS.ledger(page);
      byte[] was = bytes(key);
      place.objects.delete(key);
      broken(2);
      replace(key, was);
    }
  }

  @Test
  void reorderedPages_areFound() {
    twoRounds();
    byte[] first = bytes(Place.KEYS.ledger(1));
    replace(Place.KEYS.ledger(1), bytes(Place.KEYS.ledger(2)));
    replace(Place.KEYS.ledger(2), first);

    broken(2);
  }

  @Test
  void changedReport_isFound() {
    twoRounds();
    replace(Place.KEYS.report(1), "{}".getBytes(StandardCharsets.UTF_8));

    broken(2);
  }

  @Test
  void ledgerThatAnotherAuthorityVouchesFor_isNone() {
    twoRounds();
    Verifier other = new TestFederation(place.time.instant()).verifier();

    assertThatThrownBy(
            () -> new LedgerReader(place.objects, Place.JOB, Optional.of(other)).verify(2, false))
        .isInstanceOf(RengoException.class);
  }

  @Test
  void unsignedPage_isFound() {
    twoRounds();
    String text = new String(bytes(Place.KEYS.ledger(2)), StandardCharsets.UTF_8);
    String body =
        io.rengo.protocol.Json.read(text, io.rengo.protocol.trust.Signed.class, "test").body();
    replace(Place.KEYS.ledger(2), body.getBytes(StandardCharsets.UTF_8));

    broken(2);
  }

  private void twoRounds() {
    for (int round = 1; round <= 2; round++) {
      job.open(round);
      job.close(round);
      job.record(round, Outcome.ABANDONED, List.of(), "nobody answered");
    }
  }

  private List<Page> verify(int rounds) {
    return new LedgerReader(place.objects, Place.JOB, Optional.of(place.identities.verifier()))
        .verify(rounds, false);
  }

  private void broken(int rounds) {
    assertThatThrownBy(() -> verify(rounds))
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEDGER_BROKEN));
  }

  private byte[] bytes(String key) {
    ByteBuffer content = place.bytes(key);
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return bytes;
  }

  private void replace(String key, byte[] bytes) {
    place.objects.delete(key);
    place.objects.putOnce(key, ByteBuffer.wrap(bytes));
  }
}
