package io.rengo.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.Federation;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.TrustKeys;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The stacks and the programs must make the same names, though neither is built from the other.
class NamesTest {
  private static final String HASH = "ab".repeat(32);

  private final Names names = new Names("hospitals");
  private final Federation federation = new Federation("hospitals");

  @Test
  void names_areThoseThatTheProgramsMake() {
    assertThat(names.prefix()).isEqualTo(federation.prefix());
    assertThat(names.table()).isEqualTo(federation.table());
    assertThat(names.eventQueue()).isEqualTo(federation.eventQueue());
    assertThat(names.memberQueue("north-1")).isEqualTo(federation.memberQueue("north-1"));
    assertThat(names.jobStateMachine()).isEqualTo(federation.jobStateMachine());
    assertThat(names.roundStateMachine()).isEqualTo(federation.roundStateMachine());
    assertThat(names.bufferStateMachine()).isEqualTo(federation.bufferStateMachine());
    assertThat(names.function("Decide")).isEqualTo(federation.function("Decide"));
  }

  @Test
  void memberNames_areThoseThatTheProgramsTake() {
    assertThat(Stream.of("a", "north-1", "1", "", "-a", "A", "a_b", "a".repeat(40), "a".repeat(41)))
        .allSatisfy(
            name -> assertThat(Names.isMemberName(name)).isEqualTo(Federation.isMemberName(name)));
  }

  @Test
  void sections_matchTheKeysThatTheProgramsMake() {
    ObjectKeys keys = new ObjectKeys("job-1");
    Map<String, Section> sections =
        Map.ofEntries(
            Map.entry(keys.spec(), Section.SPEC),
            Map.entry(keys.result(), Section.RESULT),
            Map.entry(keys.model(3), Section.MODELS),
            Map.entry(keys.latestModel(), Section.MODELS),
            Map.entry(keys.modelDelta(3, 1), Section.MODELS),
            Map.entry(keys.optimizerState(3, 1), Section.OPTIMIZER),
            Map.entry(keys.cohort(2), Section.COHORT),
            Map.entry(keys.accepted(2), Section.ACCEPTED),
            Map.entry(keys.plan(2, 0), Section.PLANS),
            Map.entry(keys.measure(2, 0, 1), Section.MEASURES),
            Map.entry(keys.weights(2, 0), Section.WEIGHTS),
            Map.entry(keys.memory(2, 0, 1, 1), Section.MEMORY),
            Map.entry(keys.fold(2, 0, 1), Section.FOLDS),
            Map.entry(keys.noisy(2, 1), Section.NOISY),
            Map.entry(keys.clipping(2), Section.CLIPPING),
            Map.entry(keys.counted(2), Section.COUNTED),
            Map.entry(keys.tasked(2), Section.TASKED),
            Map.entry(keys.vectorMean(3, 1), Section.MODELS),
            Map.entry(keys.vectorState(3, 1), Section.OPTIMIZER),
            Map.entry(keys.vectorFold(2, 0, 1), Section.FOLDS),
            Map.entry(keys.ledger(2), Section.LEDGER),
            Map.entry(keys.audit(), Section.AUDIT),
            Map.entry(keys.promotedModel(), Section.MODELS),
            Map.entry(TrustKeys.REVOKED, Section.REVOKED),
            Map.entry(TrustKeys.COORDINATOR, Section.COORDINATOR),
            Map.entry(TrustKeys.certificate("north-1"), Section.CERTIFICATES),
            Map.entry(keys.regionMean(2), Section.REGION),
            Map.entry(keys.regionSum(2), Section.REGION),
            Map.entry(keys.report(2), Section.REPORT),
            Map.entry(keys.history(2), Section.HISTORY),
            Map.entry(keys.manifest(2, "north-1"), Section.UPDATES),
            Map.entry(keys.payload(2, "north-1", HASH), Section.UPDATES));
    assertThat(sections)
        .allSatisfy((key, section) ->
            assertThat(Stream.of(Section.values()).filter(s -> s != Section.JOB_FILE))
                .filteredOn(other -> matches(other.pattern, key))
                .containsExactly(section));
    assertThat(sections.values().stream().collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            Stream.of(Section.values()).filter(s -> s != Section.JOB_FILE).toArray(Section[]::new));
  }

  @Test
  void members_reachTheirOwnUpdatesAlone() {
    ObjectKeys keys = new ObjectKeys("job-1");
    String own = Section.updatesOf("north-1");
    assertThat(keys.manifest(2, "north-1")).matches(key -> matches(own, key));
    assertThat(keys.payload(2, "north-1", HASH)).matches(key -> matches(own, key));
    assertThat(Section.certificateOf("north-1")).isEqualTo(TrustKeys.certificate("north-1"));
    assertThat(keys.manifest(2, "north-10")).doesNotMatch(regex(own));
    assertThat(keys.manifest(2, "north-1")).doesNotMatch(regex(Section.NESTED_UPDATES));
    String hidden = keys.updates(2) + "south/x/updates/north-1/manifest.json";
    assertThat(hidden).matches(regex(own)).matches(regex(Section.NESTED_UPDATES));
  }

  private static boolean matches(String pattern, String key) {
    return regex(pattern).matcher(key).matches();
  }

  /// As IAM reads it: a star is anything, slashes too.
  private static Pattern regex(String pattern) {
    return Pattern.compile(
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }
}
