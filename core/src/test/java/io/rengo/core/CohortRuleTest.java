package io.rengo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rengo.core.CohortRule.All;
import io.rengo.core.CohortRule.PoissonSample;
import io.rengo.core.CohortRule.StragglerAware;
import io.rengo.core.CohortRule.Turns;
import io.rengo.core.CohortRule.UniformSample;
import io.rengo.core.CohortRule.WeightedSample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CohortRuleTest {
  private static final int DRAWS = 20_000;

  static List<CohortRule> rules() {
    return List.of(
        new All(),
        new UniformSample(4),
        new PoissonSample(0.4),
        new Turns(2),
        new WeightedSample(4),
        new StragglerAware(4));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void cohort_isSortedAndWithoutDoubles(CohortRule rule) {
    List<String> cohort = rule.select(members(12), 1, new SplitMix64(3));

    assertThat(cohort).isSorted().doesNotHaveDuplicates().isNotEmpty();
    assertThat(members(12)).extracting(Candidate::member).containsAll(cohort);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void cohort_dependsOnTheSeedAndNotOnTheOrderOfTheCandidates(CohortRule rule) {
    List<Candidate> shuffled = new ArrayList<>(members(12));
    Collections.shuffle(shuffled, new Random(1));

    assertThat(rule.select(shuffled, 1, new SplitMix64(3)))
        .isEqualTo(rule.select(members(12), 1, new SplitMix64(3)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aMemberThatIsThereTwice_isRefused(CohortRule rule) {
    List<Candidate> twice = new ArrayList<>(members(12));
    twice.add(twice.getFirst());

    assertThatThrownBy(() -> rule.select(twice, 1, new SplitMix64(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("candidate m00 appears twice");
  }

  @Test
  void sizesThatCannotBe_areRefusedWithTheBound() {
    for (CohortRule rule :
        List.of(new UniformSample(4), new WeightedSample(4), new StragglerAware(4))) {
      assertThatThrownBy(() -> rule.select(members(3), 1, new SplitMix64(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a cohort of 4 out of 3 candidates");
      assertThat(rule.select(members(4), 1, new SplitMix64(1))).hasSize(4);
    }
    assertThatThrownBy(() -> new UniformSample(0)).hasMessage("size is 0, it must be 1 or more");
    assertThatThrownBy(() -> new PoissonSample(1.5))
        .hasMessage("rate is 1.5, it must be in (0, 1]");
    assertThatThrownBy(() -> new StragglerAware(1, 1, 0))
        .hasMessage("floor is 0.0, it must be in (0, 1]");
  }

  @Test
  void all_takesEveryone() {
    assertThat(new All().select(members(5), 1, new SplitMix64(1))).hasSize(5);
  }

  @Test
  void uniformSample_takesEveryPairAsOften() {
    Map<List<String>, Integer> counts = new HashMap<>();
    var random = new SplitMix64(17);
    for (int i = 0; i < DRAWS; i++) {
      counts.merge(new UniformSample(2).select(members(5), 1, random), 1, Integer::sum);
    }

    assertThat(counts).hasSize(10);
    assertThat(counts.values())
        .allSatisfy(count -> assertThat(count / (double) DRAWS).isCloseTo(0.1, within(0.009)));
  }

  @Test
  void poissonSample_takesEachByItself_andMayTakeNobody() {
    var random = new SplitMix64(18);
    var sizes = new int[4];
    for (int i = 0; i < DRAWS; i++) {
      sizes[new PoissonSample(0.3).select(members(3), 1, random).size()]++;
    }

    double[] expected = {0.343, 0.441, 0.189, 0.027};
    for (int size = 0; size <= 3; size++) {
      assertThat(sizes[size] / (double) DRAWS).isCloseTo(expected[size], within(0.015));
    }
    assertThat(new PoissonSample(1).select(members(3), 1, random)).hasSize(3);
  }

  @Test
  void turns_giveEachMemberOneRoundOfEachCycle() {
    Map<String, List<Integer>> rounds = new HashMap<>();
    for (int round = 1; round <= 12; round++) {
      for (String member : new Turns(4).select(members(200), round, new SplitMix64(3))) {
        rounds.computeIfAbsent(member, name -> new ArrayList<>()).add(round);
      }
    }
    assertThat(rounds).hasSize(200);
    assertThat(rounds.values())
        .allSatisfy(mine ->
            assertThat(mine).isEqualTo(List.of(mine.get(0), mine.get(0) + 4, mine.get(0) + 8)));
    for (int turn = 1; turn <= 4; turn++) {
      int first = turn;
      assertThat(rounds.values().stream().filter(mine -> mine.get(0) == first).count())
          .isBetween(30L, 70L);
    }
  }

  @Test
  void turns_doNotDependOnWhoElseIsThere() {
    List<String> all = new Turns(3).select(members(30), 2, new SplitMix64(3));
    List<String> fewer = new Turns(3).select(members(30).subList(7, 30), 2, new SplitMix64(3));
    assertThat(all).containsAll(fewer);
    assertThat(fewer).containsAll(all.stream().filter(name -> name.compareTo("m07") >= 0).toList());
  }

  @Test
  void weightedSample_drawsInProportionToTheExamplesOfThoseStillThere() {
    List<Candidate> candidates = List.of(examples("a", 1), examples("b", 2), examples("c", 7));

    Map<String, Double> one = frequencies(new WeightedSample(1), candidates);
    assertThat(one.get("a")).isCloseTo(0.1, within(0.01));
    assertThat(one.get("b")).isCloseTo(0.2, within(0.012));
    assertThat(one.get("c")).isCloseTo(0.7, within(0.013));

    // c is left out of two only as the last one: a b or b a.
    Map<String, Double> two = frequencies(new WeightedSample(2), candidates);
    assertThat(two.get("c")).isCloseTo(1 - (0.1 * 2 / 9 + 0.2 * 1 / 8), within(0.01));
  }

  @Test
  void weightedSample_countsTheUnknownAsTheMeanOfTheKnown() {
    List<Candidate> candidates = List.of(examples("a", 0), examples("b", 10), examples("c", 30));

    Map<String, Double> one = frequencies(new WeightedSample(1), candidates);

    assertThat(one.get("a")).isCloseTo(20.0 / 60, within(0.014));
    assertThat(
            frequencies(new WeightedSample(1), List.of(examples("a", 0), examples("b", 0)))
                .get("b"))
        .isCloseTo(0.5, within(0.015));
  }

  @Test
  void stragglerAware_followsItsFormula() {
    List<Candidate> candidates =
        List.of(
            new Candidate("fast", 0, 9, 9, 10),
            new Candidate("missing", 0, 9, 4, 10),
            new Candidate("silent", 0, 9, 0, 0),
            new Candidate("slow", 0, 9, 9, 40),
            new Candidate("unknown", 0, 0, 0, 0));

    Map<String, Double> one = frequencies(new StragglerAware(1), candidates);

    double all = 1 + 0.5 + 0.1 + 0.25 + 1;
    assertThat(one.get("fast")).isCloseTo(1 / all, within(0.014));
    assertThat(one.get("missing")).isCloseTo(0.5 / all, within(0.012));
    assertThat(one.get("silent")).isCloseTo(0.1 / all, within(0.008));
    assertThat(one.get("slow")).isCloseTo(0.25 / all, within(0.01));
    assertThat(one.get("unknown")).isCloseTo(1 / all, within(0.014));
  }

  @Test
  void stragglerAware_starvesNobody() {
    List<Candidate> candidates = new ArrayList<>(members(9));
    candidates.add(new Candidate("worst", 0, 1_000_000, 1, 1e9));

    double often = frequencies(new StragglerAware(3), candidates).getOrDefault("worst", 0.0);

    assertThat(often).isGreaterThan(1 - Math.pow(1 - 0.1 / 10, 3)).isLessThan(0.06);
  }

  @Test
  void stragglerAware_withExponentZeroLooksAtReliabilityAlone() {
    List<Candidate> candidates =
        List.of(new Candidate("fast", 0, 5, 5, 1), new Candidate("slow", 0, 5, 5, 100));

    assertThat(frequencies(new StragglerAware(1, 0, 0.1), candidates).get("slow"))
        .isCloseTo(0.5, within(0.015));
  }

  @Test
  void candidatesThatCannotBe_areRefused() {
    assertThatThrownBy(() -> new Candidate(" ", 0, 0, 0, 0)).hasMessage("member is blank");
    assertThatThrownBy(() -> new Candidate("a", -1, 0, 0, 0))
        .hasMessageStartingWith("examples of a is -1");
    assertThatThrownBy(() -> new Candidate("a", 0, 1, 2, 0)).hasMessage("a answered 2 rounds of 1");
    assertThatThrownBy(() -> new Candidate("a", 0, 1, 1, Double.NaN))
        .hasMessageStartingWith("meanSeconds of a is NaN");
  }

  private static Map<String, Double> frequencies(CohortRule rule, List<Candidate> candidates) {
    Map<String, Double> frequencies = new HashMap<>();
    var random = new SplitMix64(23);
    for (int i = 0; i < DRAWS; i++) {
      for (String member : rule.select(candidates, 1, random)) {
        frequencies.merge(member, 1.0 / DRAWS, Double::sum);
      }
    }
    return frequencies;
  }

  private static Candidate examples(String member, long examples) {
    return new Candidate(member, examples, 0, 0, 0);
  }

  private static List<Candidate> members(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Candidate("m%02d".formatted(i), 10 + i, 3, 2, 1 + i))
        .toList();
  }
}
