package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rengo.core.Initializer;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.Progress;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RegionRound;
import io.rengo.protocol.RegionSum;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundReport.Outcome;
import io.rengo.protocol.Trust;
import io.rengo.protocol.audit.LedgerReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The steps of a region's part of a round.
class RegionRoundTest {
  private static final JobSpec SPEC =
      JobFile.parse(
          """
          seed: 7
          model: {kind: mlp, layers: [3, 2]}
          rounds: {quorum: 2, deadline: 1h}
          aggregation: {max-examples: 12}
          """,
          "region");
  private static final Layout LAYOUT = SPEC.model().layout();

  private final Place place = new Place();
  private final JobByHand job = new JobByHand(place, Runner.once());

  @Test
  void endsInTheMeanAndInWhatItWeighs() {
    enter(4, 9);
    job.open(4);
    job.deliver(TestUpdate.of(place, 4, "ann", 2).manifest(m -> m.put("examples", 4)).send());
    job.deliver(TestUpdate.of(place, 4, "bob", -1).manifest(m -> m.put("examples", 90)).send());
    job.close(4);
    job.aggregate(4);

    float[] mean = Safetensors.read(place.bytes(Place.KEYS.regionMean(4)), LAYOUT);
    RegionSum sum = sum(4);

    assertThat(mean).containsOnly((4 * 2 - 12) / 16f);
    assertThat(sum.examples()).isEqualTo(16);
    assertThat(sum.members()).isEqualTo(2);
    assertThat(sum.steps()).isEqualTo(2);
    assertThat(sum.evaluation().examples()).isEqualTo(8);
    assertThat(place.objects.head(Place.KEYS.model(10))).isEmpty();
    assertThat(Job.progress(place.ports, Place.JOB).model().version()).isEqualTo(9);
    assertThat(new LedgerReader(place.objects, Place.JOB, Optional.empty()).verify(4, false))
        .hasSize(5);
  }

  @Test
  void withoutItsQuorumSendsNothing() {
    enter(1, 0);
    job.open(1);
    job.answer(1, List.of("ann"));
    job.record(1, Outcome.ABANDONED, List.of(), job.close(1).reason());

    assertThat(place.objects.head(Place.KEYS.regionMean(1))).isEmpty();
    assertThat(sum(1).outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(sum(1).reason()).contains("QUORUM_MISSED");
  }

  @Test
  void runsAgainWithoutAChangeAndGoesOnFromTheNextModel() {
    enter(1, 0);
    Map<String, Object> once = place.contents();
    enter(1, 0);
    assertThat(place.contents()).isEqualTo(once);

    enter(5, 3);
    enter(1, 0);

    Progress progress = Job.progress(place.ports, Place.JOB);
    assertThat(progress.model().version()).isEqualTo(3);
    assertThat(Json.read(place.bytes(Place.KEYS.latestModel()), ModelRef.class, "latest"))
        .isEqualTo(progress.model());
  }

  @Test
  void ofMoreMembersThanTheJobAllowsIsRefused() {
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> enter(1, 0, 2))
        .matches(e -> e.code() == ErrorCode.JOB_INVALID)
        .withMessageContaining("regions.members");
    assertThat(place.objects.head(Place.KEYS.spec())).isEmpty();
  }

  private RegionSum sum(int round) {
    String key = Place.KEYS.regionSum(round);
    return Json.read(place.bytes(key), RegionSum.class, key);
  }

  private void enter(int round, int version) {
    enter(round, version, 10);
  }

  private void enter(int round, int version, int most) {
    String key = Place.KEYS.model(version);
    float[] parameters = Initializer.parameters(LAYOUT, SPEC.model().initial(), 7);
    place.objects.putOnce(key, Safetensors.write(LAYOUT, Map.of(), parameters));
    ModelRef model =
        new ModelRef(version, key, place.bytes(key).remaining(), LAYOUT.hash(), "h" + version);
    RegionRound asked =
        new RegionRound(Place.JOB, round, Purpose.TRAIN, JobFile.write(SPEC), model, most, 3600);
    new EnterRound(place.ports, Trust.NONE, Place.VERSIONS)
        .run(new EnterRound.Input(asked, Place.MEMBERS));
  }
}
