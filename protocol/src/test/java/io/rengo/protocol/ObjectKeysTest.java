package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rengo.protocol.ObjectKeys.UpdateId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectKeysTest {
  private static final String SHA = "0123456789abcdef".repeat(4);
  private static final ObjectKeys KEYS = new ObjectKeys("job-1");

  private static List<String> all(ObjectKeys keys) {
    return List.of(
        keys.spec(),
        keys.result(),
        keys.model(3),
        keys.latestModel(),
        keys.optimizerState(3, 2),
        keys.cohort(7),
        keys.accepted(7),
        keys.plan(7, 1),
        keys.measure(7, 1, 2),
        keys.weights(7, 1),
        keys.fold(7, 1, 2),
        keys.memory(7, 1, 2, 3),
        keys.report(7),
        keys.history(7),
        keys.manifest(7, "alice"),
        keys.payload(7, "alice", SHA));
  }

  private static ErrorCode refused(Supplier<Object> call) {
    return catchThrowableOfType(RengoException.class, call::get).code();
  }

  @Test
  void pagesOfLedgers_areKnownByTheirKeys() {
    ObjectKeys keys = new ObjectKeys("job-1");
    assertThat(ObjectKeys.isLedgerPage(keys.ledger(0))).isTrue();
    assertThat(ObjectKeys.isLedgerPage(keys.ledger(12345))).isTrue();
    assertThat(ObjectKeys.isLedgerPage(keys.report(1))).isFalse();
    assertThat(ObjectKeys.isLedgerPage(keys.manifest(1, "ledger"))).isFalse();
  }

  @Test
  void keys_areTheseAndEachAnother() {
    assertThat(all(KEYS))
        .containsExactly(
            "jobs/job-1/job.json",
            "jobs/job-1/result.json",
            "jobs/job-1/models/000003.safetensors",
            "jobs/job-1/models/latest.json",
            "jobs/job-1/optimizer/000003/000002",
            "jobs/job-1/rounds/000007/cohort.json",
            "jobs/job-1/rounds/000007/accepted.json",
            "jobs/job-1/rounds/000007/plans/000001.json",
            "jobs/job-1/rounds/000007/measures/000001/000002",
            "jobs/job-1/rounds/000007/weights/000001.json",
            "jobs/job-1/rounds/000007/folds/000001/000002",
            "jobs/job-1/rounds/000007/memory/000001/000002/000003",
            "jobs/job-1/rounds/000007/report.json",
            "jobs/job-1/rounds/000007/history.json",
            "jobs/job-1/rounds/000007/updates/alice/manifest.json",
            "jobs/job-1/rounds/000007/updates/alice/" + SHA + ".safetensors")
        .doesNotHaveDuplicates();
    assertThat(KEYS.manifest(7, "alice")).startsWith(KEYS.updates(7));
  }

  @Test
  void keys_areTheSameInEveryLanguage() {
    Locale before = Locale.getDefault();
    List<String> expected = all(KEYS);
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat("%d".formatted(1)).isNotEqualTo("1");
      assertThat(all(KEYS)).isEqualTo(expected);
      assertThat(RecordKeys.roundPartition("job-1", 7)).isEqualTo("job#job-1#round#000007");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 42, 999_999})
  void manifestKey_isReadAsWhatMadeIt(int round) {
    for (String member : List.of("a", "site-1", "0", "x".repeat(40))) {
      assertThat(ObjectKeys.parseManifest(KEYS.manifest(round, member)))
          .contains(new UpdateId("job-1", round, member));
    }
  }

  @Test
  void everyOtherKey_isNoManifest() {
    assertThat(all(KEYS).stream().map(ObjectKeys::parseManifest).filter(Optional::isPresent))
        .containsExactly(Optional.of(new UpdateId("job-1", 7, "alice")));
  }

  static Stream<String> hostileKeys() {
    return Stream.of(
        "",
        "jobs/job-1/rounds/000007/updates/../manifest.json",
        "jobs/job-1/rounds/000007/updates/./manifest.json",
        "jobs/job-1/rounds/000007/updates/a/b/manifest.json",
        "jobs/job-1/rounds/000007/updates//manifest.json",
        "jobs/job-1/rounds/000007/updates/a#b/manifest.json",
        "jobs/job-1/rounds/000007/updates/Alice/manifest.json",
        "jobs/job-1/rounds/000007/updates/a\n/manifest.json",
        "jobs/job-1/rounds/000007/updates/a/manifest.json\n",
        "jobs/job-1/rounds/000007/updates/a/manifestXjson",
        "jobs/job-1/rounds/7/updates/a/manifest.json",
        "jobs/job-1/rounds/-00007/updates/a/manifest.json",
        "jobs/job-1/rounds/9999999999/updates/a/manifest.json",
        "jobs/job-1/rounds/٠٠٠٠٠٧/updates/a/manifest.json",
        "jobs/../rounds/000007/updates/a/manifest.json",
        "jobs/-job/rounds/000007/updates/a/manifest.json",
        "/jobs/job-1/rounds/000007/updates/a/manifest.json",
        "x/jobs/job-1/rounds/000007/updates/a/manifest.json");
  }

  @ParameterizedTest
  @MethodSource("hostileKeys")
  void hostileKey_isNoManifest(String key) {
    assertThat(ObjectKeys.parseManifest(key)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "../a", "-a", "a b", "a#b", "ä", "a\n", "a\0"})
  void hostileName_makesNoKey(String name) {
    assertThat(refused(() -> new ObjectKeys(name))).isEqualTo(ErrorCode.JOB_INVALID);
    assertThat(refused(() -> KEYS.manifest(1, name))).isEqualTo(ErrorCode.CONFIG_INVALID);
    assertThat(refused(() -> KEYS.payload(1, name, SHA))).isEqualTo(ErrorCode.CONFIG_INVALID);
    assertThat(refused(() -> KEYS.payload(1, "a", name))).isEqualTo(ErrorCode.MANIFEST_INVALID);
  }

  @Test
  void jobId_hasAtMost64Characters() {
    assertThat(ObjectKeys.isJobId("x".repeat(64))).isTrue();
    assertThat(ObjectKeys.isJobId("x".repeat(65))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1_000_000, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void numberBeyondSixDigits_makesNoKey(int number) {
    assertThat(refused(() -> KEYS.model(number))).isEqualTo(ErrorCode.JOB_INVALID);
    assertThat(refused(() -> KEYS.cohort(number))).isEqualTo(ErrorCode.JOB_INVALID);
    assertThat(refused(() -> KEYS.fold(1, 1, number))).isEqualTo(ErrorCode.JOB_INVALID);
  }
}
