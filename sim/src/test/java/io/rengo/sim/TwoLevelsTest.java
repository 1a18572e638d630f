package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.agent.MemberData;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.identity.TestFederation;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.SimulationSpec;
import io.rengo.protocol.Workflow;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Members in regions beside the same members without.
class TwoLevelsTest {
  private static final String JOB = "digits";
  private static final Path EXAMPLE =
      Path.of(System.getProperty("rengo.root", "..")).resolve("examples/regions/job.yaml");
  private static final Map<String, List<String>> REGIONS =
      Map.of(
          "north", List.of("member-001", "member-004"),
          "south", List.of("member-002", "member-005"),
          "west", List.of("member-003"));
  private static final String FLAT = "rounds: {count: 3, quorum: 2, deadline: 5m}";
  private static final String LEVELS = FLAT + ", regions: {deadline: 1m}";

  private record Run(List<RoundReport> reports, List<float[]> models) {}

  @Test
  void exampleGivesTheModelOfTheSameJobWithoutRegions() throws IOException {
    ObjectNode file = (ObjectNode) JobFile.readTree(Files.readString(EXAMPLE), EXAMPLE.toString());
    JobSpec spec = JobFile.parse(file, "example");
    SimulatedMembers members = SimulatedMembers.of(spec, EXAMPLE.resolveSibling(""));
    Map<String, List<String>> regions =
        members.regions(spec.simulation().flatMap(SimulationSpec::regions).orElseThrow());
    Run two = run(file, config(members).withRegions(regions));

    file.remove("regions");
    ((ObjectNode) file.get("simulation")).remove("regions");
    Run one = run(file, config(members));

    assertThat(two.reports()).hasSize(11).allMatch(report -> report.accepted() == 3);
    assertThat(one.reports()).hasSize(11).allMatch(report -> report.accepted() == 9);
    assertSame(two, one);
  }

  @Test
  void regionThatFailsCostsTheRoundOnlyThatRegion() {
    Function<SimulationConfig, SimulationConfig> broken =
        config -> withData(config, brokenFor(config, "member-003"));

    Run regions =
        run(
            Digits.file(
                "rounds: {count: 2, quorum: 2, target: 0.6, deadline: 5m},"
                    + " regions: {quorum: 1, deadline: 1s}"),
            config -> broken.apply(config).withRegions(REGIONS));
    Run others =
        run(
            Digits.file("rounds: {count: 2, quorum: 4, deadline: 5m}"),
            config -> without(config, Set.of("member-003")));

    assertThat(regions.reports())
        .filteredOn(report -> report.outcome() == RoundReport.Outcome.PUBLISHED)
        .hasSize(2)
        .allMatch(report -> report.accepted() == 2 && report.cohort() == 3);
    assertThat(difference(regions.models().getLast(), others.models().getLast())).isLessThan(1e-6f);
  }

  @Test
  void memberOfItsOwnMayStandBesideRegions() {
    Map<String, List<String>> mixed =
        Map.of(
            "north", List.of("member-001", "member-004"),
            "south", List.of("member-002", "member-005"));
    Run flat = run(Digits.file(FLAT), config -> config);

    Run run =
        run(
            Digits.file(LEVELS),
            config -> {
              SimulationConfig regions = config.withRegions(mixed);
              return new SimulationConfig(
                  regions.folder(),
                  regions.federation(),
                  List.of("member-003", "north", "south"),
                  regions.trainers(),
                  regions.data(),
                  regions.cores(),
                  regions.sealed(),
                  regions.identities(),
                  mixed);
            });

    assertSame(run, flat);
  }

  @Test
  void sealedAndSignedOnBothLevelsInAFolder(@TempDir Path folder) throws Exception {
    TestFederation federation = new TestFederation(Instant.now());
    Identities identities =
        new Identities(
            federation.authority(),
            Pem.write("X509 CRL", federation.list().getEncoded()),
            federation.signer("coordinator", Role.COORDINATOR),
            member -> federation.signer(member, Role.MEMBER));
    Run flat = run(Digits.file(FLAT), config -> config);

    Run run =
        run(
            Digits.file(LEVELS),
            config ->
                new SimulationConfig(
                        Optional.of(folder),
                        config.federation(),
                        config.members(),
                        config.trainers(),
                        config.data(),
                        config.cores())
                    .withRegions(REGIONS)
                    .withSeals()
                    .with(identities));

    assertSame(run, flat);
    assertThat(folder.resolve("regions/north/objects/jobs/digits/ledger/000000.json")).exists();
  }

  @Test
  void ruleAboveSeesRegions() {
    Run run =
        run(
            Digits.file(LEVELS + ", aggregation: {rule: {name: median}, scores: true}"),
            config -> config.withRegions(REGIONS));

    assertThat(run.reports().getFirst().scores())
        .extracting(score -> score.member())
        .containsExactly("north", "south", "west");
  }

  @Test
  void encodedMeansKeepTheirErrorAtTheRegion() {
    Run plain = run(Digits.file(LEVELS), config -> config.withRegions(REGIONS));
    Run small =
        run(
            Digits.file(LEVELS + ", encoding: {kind: top-k, share: 0.1}"),
            config -> config.withRegions(REGIONS));

    assertThat(small.reports().getFirst().bytes()).isLessThan(plain.reports().getFirst().bytes());
    assertThat(small.reports()).allMatch(report -> report.accepted() == 3);
  }

  private static void assertSame(Run two, Run one) {
    assertThat(two.models()).hasSameSizeAs(one.models());
    for (int version = 0; version < one.models().size(); version++) {
      assertThat(difference(two.models().get(version), one.models().get(version)))
          .as("version " + version)
          .isLessThan(1e-6f);
    }
    assertThat(two.reports().getFirst().accuracy()).isEqualTo(one.reports().getFirst().accuracy());
    assertThat(two.reports().getFirst().loss().orElseThrow())
        .isCloseTo(one.reports().getFirst().loss().orElseThrow(), offset(1e-12));
  }

  private static float difference(float[] a, float[] b) {
    float largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  private static SimulationConfig config(SimulatedMembers members) {
    return withData(
        Digits.config(JobFile.parse(Digits.file(""), "digits"), Optional.empty()),
        members::data,
        members.names());
  }

  private static SimulationConfig without(SimulationConfig config, Set<String> members) {
    return withData(
        config,
        config.data(),
        config.members().stream().filter(member -> !members.contains(member)).toList());
  }

  private static SimulationConfig withData(
      SimulationConfig config, Function<String, Supplier<MemberData>> data) {
    return withData(config, data, config.members());
  }

  private static SimulationConfig withData(
      SimulationConfig config, Function<String, Supplier<MemberData>> data, List<String> members) {
    return new SimulationConfig(
        config.folder(), config.federation(), members, config.trainers(), data, config.cores());
  }

  private static Function<String, Supplier<MemberData>> brokenFor(
      SimulationConfig config, String broken) {
    return member ->
        member.equals(broken)
            ? () -> {
              throw new IllegalStateException("no data");
            }
            : config.data().apply(member);
  }

  private static Run run(JsonNode file, UnaryOperator<SimulationConfig> change) {
    return run(file, change.apply(Digits.config(JobFile.parse(file, "digits"), Optional.empty())));
  }

  private static Run run(JsonNode file, SimulationConfig config) {
    Layout layout = JobFile.parse(file, "digits").model().layout();
    List<RoundReport> reports = new ArrayList<>();
    List<float[]> models = new ArrayList<>();
    try (Simulation simulation = new Simulation(config)) {
      JsonNode input = Json.MAPPER.createObjectNode().set("file", file);
      Workflow.Status status = simulation.run(JOB, input, reports::add);
      assertThat(status).isInstanceOf(Workflow.Status.Succeeded.class);
      for (int version = 0; version <= reports.getLast().model().version(); version++) {
        String key = new ObjectKeys(JOB).model(version);
        models.add(
            Safetensors.read(
                simulation.ports().objects().get(key).orElseThrow().content(), layout));
      }
    }
    return new Run(reports, models);
  }
}
