package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.core.FormatException;
import io.rengo.core.Sha256;
import io.rengo.core.codec.Float32;
import io.rengo.core.seal.DataKey;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.KeyContext;
import io.rengo.protocol.Keys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RoundKey;
import io.rengo.protocol.Trust;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A job whose updates must be sealed.
class SealedUpdatesTest {
  private static final Plan.Form FORM = new Plan.Form(new Float32(), 8, 0);

  private final JobByHand job = JobByHand.started(JobByHand.SMALL, new Trust(true, false));
  private final Place place = job.place;

  @Test
  void sealedUpdates_areOpenedAndAddedUp() {
    job.open(1);
    job.deliver(
        TestUpdate.of(place, 1, "ann", 0.25f).sealed().send(),
        TestUpdate.of(place, 1, "bob", 0.25f).sealed().send());

    job.close(1);
    Accepted accepted = Accepted.load(place.objects, Place.KEYS.accepted(1));
    assertThat(accepted.updates())
        .extracting(update -> update.sealed().map(KeyContext::member))
        .containsExactly(Optional.of("ann"), Optional.of("bob"));
    Rows rows = new Rows(place.objects, place.keys);
    var update = accepted.updates().getFirst();
    Plan.Row row =
        new Plan.Row("ann", update.payloadKey(), update.sealed(), update.dataOffset(), FORM, 1);
    assertThat(rows.read(row, 1, 2).order(java.nio.ByteOrder.LITTLE_ENDIAN).getFloat(4))
        .isEqualTo(0.25f);
  }

  @Test
  void updateThatIsNotSealed_isRefused() {
    assertThat(refusal(update -> update)).isEqualTo(ErrorCode.UPDATE_UNSEALED);
  }

  @ParameterizedTest
  @CsvSource({"other,job-1,1,ann", "test,job-2,1,ann", "test,job-1,2,ann", "test,job-1,1,bob"})
  void updateThatIsSealedForSomethingElse_isRefused(
      String federation, String other, int round, String member) {
    KeyContext context = new KeyContext(federation, other, round, member);

    assertThat(refusal(update -> update.sealed(context))).isEqualTo(ErrorCode.SEAL_BROKEN);
  }

  @ParameterizedTest
  @CsvSource({"9", "20", "60", "200"})
  void updateWhoseSealIsBroken_isRefused(int at) {
    assertThat(
            refusal(update -> {
              ByteBuffer sealed = update.sealed().payload();
              ByteBuffer broken = ByteBuffer.allocate(sealed.remaining()).put(sealed.duplicate());
              return update.payload(broken.put(at, (byte) ~broken.get(at)).rewind());
            }))
        .isEqualTo(ErrorCode.SEAL_BROKEN);
  }

  @Test
  void updatesThatAreSealedToTheRound_countBesideOthers() {
    job.open(1);
    RoundKey round = RoundKey.make(place.keys, KeyContext.ofRound("test", "job-1", 1));

    job.deliver(
        TestUpdate.of(place, 1, "ann", 0.25f).sealed().send(),
        TestUpdate.of(place, 1, "bob", 0.25f).sealed(round, context("bob")).send(),
        TestUpdate.of(place, 1, "cid", 0.25f).sealed(round, context("cid")).send());

    assertThat(place.refusals(1)).isEmpty();
    assertThat(place.round(1).accepted()).isEqualTo(3);
  }

  @Test
  void roundsKey_isUnwrappedOnce() {
    RoundKey round = RoundKey.make(place.keys, KeyContext.ofRound("test", "job-1", 1));
    AtomicInteger asked = new AtomicInteger();
    DataKeys keys =
        new DataKeys(
            new Keys() {
              @Override
              public Fresh generate(KeyContext context) {
                throw new AssertionError("nothing is made here");
              }

              @Override
              public DataKey unwrap(ByteBuffer wrapped, KeyContext context) {
                asked.incrementAndGet();
                return place.keys.unwrap(wrapped, context);
              }
            });

    for (String member : Place.MEMBERS) {
      Keys.Fresh fresh = round.generate(context(member), new SecureRandom());
      assertThat(keys.unwrap(fresh.wrapped(), context(member)).exportSecret())
          .isEqualTo(fresh.key().exportSecret());
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void dataKey_isUnwrappedForItsUpdateAlone() {
    RoundKey round = RoundKey.make(place.keys, KeyContext.ofRound("test", "job-1", 1));
    ByteBuffer wrapped = round.generate(context("ann"), new SecureRandom()).wrapped();

    assertThatThrownBy(() -> new DataKeys(place.keys).unwrap(wrapped, context("bob")))
        .isInstanceOf(FormatException.class);
  }

  @ParameterizedTest
  @CsvSource({"other,job-1,1,ann", "test,job-2,1,ann", "test,job-1,2,ann", "test,job-1,1,bob"})
  void updateThatIsSealedToTheRoundForSomethingElse_isRefused(
      String federation, String other, int number, String member) {
    RoundKey round = RoundKey.make(place.keys, KeyContext.ofRound("test", "job-1", 1));
    KeyContext context = new KeyContext(federation, other, number, member);

    assertThat(refusal(update -> update.sealed(round, context))).isEqualTo(ErrorCode.SEAL_BROKEN);
  }

  @Test
  void updateThatIsSealedToAnotherRound_isRefused() {
    RoundKey round = RoundKey.make(place.keys, KeyContext.ofRound("test", "job-1", 2));

    assertThat(refusal(update -> update.sealed(round, context("ann"))))
        .isEqualTo(ErrorCode.SEAL_BROKEN);
  }

  private static KeyContext context(String member) {
    return new KeyContext("test", "job-1", 1, member);
  }

  /// What no check foresaw, on one update of a batch.
  @Test
  void updateThatBreaksItsCheck_isRefusedAndTheOthersCount() {
    job.open(1);
    Keys breaking =
        new Keys() {
          @Override
          public Fresh generate(KeyContext context) {
            return place.keys.generate(context);
          }

          @Override
          public DataKey unwrap(ByteBuffer wrapped, KeyContext context) {
            if (context.member().equals("ann")) {
              throw new IllegalStateException("out of order");
            }
            return place.keys.unwrap(wrapped, context);
          }
        };
    Ports ports =
        new Ports(
            place.objects,
            place.queues,
            place.records,
            place.workflow,
            breaking,
            place.signer,
            place.time);

    ObjectNode output =
        new AcceptUpdate(ports, Place.FEDERATION, place.authority, place.meter)
            .run(
                Events.batch(
                    TestUpdate.of(place, 1, "ann", 0.25f).sealed().send(),
                    TestUpdate.of(place, 1, "bob", 0.25f).sealed().send()));

    assertThat(output.path("batchItemFailures")).isEmpty();
    assertThat(place.round(1).accepted()).isEqualTo(1);
    assertThat(place.refusals(1))
        .extracting(Refusal::member, Refusal::code)
        .containsExactly(tuple("ann", ErrorCode.MANIFEST_INVALID));
  }

  @Test
  void rowThatCannotBeOpened_isNotFinite() {
    job.open(1);
    TestUpdate update = TestUpdate.of(place, 1, "ann", 0.25f).sealed();
    update.send();
    String key = Place.KEYS.payload(1, "ann", Sha256.hex(update.payload()));
    Plan.Row row =
        new Plan.Row(
            "ann", key, Optional.of(new KeyContext("test", "job-1", 1, "bob")), 8, FORM, 1);

    assertThat(new Rows(place.objects, place.keys).read(row, 0, 2).getFloat(4)).isNaN();
  }

  private ErrorCode refusal(UnaryOperator<TestUpdate> spoil) {
    job.open(1);
    job.deliver(spoil.apply(TestUpdate.of(place, 1, "ann")).send());
    List<Refusal> refusals = place.refusals(1);
    assertThat(refusals).hasSize(1);
    return refusals.getFirst().code();
  }
}
