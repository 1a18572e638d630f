package io.rengo.lambdas;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.core.CohortRule;
import io.rengo.core.aggregation.Measure;
import io.rengo.core.aggregation.Rule;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Progress;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Trust;
import io.rengo.protocol.Versions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Checks a job file, stores it, and puts the initial model. Where the job is already there, it
/// goes on from where it is.
final class StartJob implements Step<StartJob.Input, StartJob.Output> {
  /// @param input the execution's input: `file` is the job file itself or `fileKey` the object that
  ///   holds it; `initialModel` may name an object with the parameters to begin from
  record Input(String job, JsonNode input, List<String> members) {}

  record Output(String job) {}

  /// The most updates of which each pair is compared: their products take 256 MB.
  private static final int MOST_COMPARED = 4_000;

  private static final Set<String> FIELDS = Set.of("file", "fileKey", "initialModel");

  private final Ports ports;
  private final Trust trust;
  private final Versions versions;

  StartJob(Ports ports, Trust trust, Versions versions) {
    this.ports = ports;
    this.trust = trust;
    this.versions = versions;
  }

  @Override
  public Output run(Input input) {
    ObjectKeys keys = new ObjectKeys(input.job());
    if (ports.records().get(RecordKeys.job(input.job())).isPresent()) {
      return new Output(input.job());
    }
    List<String> members = List.copyOf(new TreeSet<>(input.members()));
    JobSpec spec = spec(input);
    checkMembers(spec, members);
    spec.privacy()
        .ifPresent(privacy -> privacy.checkStart(spec.seed(), spec.cohort(), members.size()));
    Job.store(ports, input.job(), seeded(spec), members, trust, false);
    Job job = Job.load(ports, input.job());
    long seed = job.spec().seed().orElseThrow();
    Optional<String> given = text(input.input(), "initialModel");
    ModelRef model = InitialModel.store(ports, job, given, seed);
    ports.objects().compareAndSwap(keys.latestModel(), Optional.empty(), Json.bytes(model));
    new Audit(ports, job, versions).started(model.hash());
    Progress progress =
        new Progress(
            input.job(),
            Progress.State.RUNNING,
            seed,
            ports.clock().instant(),
            0,
            0,
            0,
            false,
            false,
            model,
            Optional.empty(),
            Optional.empty());
    ports
        .records()
        .commit(List.of(new Change.Create(RecordKeys.job(input.job()), Json.write(progress))));
    return new Output(input.job());
  }

  private JobSpec spec(Input input) {
    List<String> unknown = fieldNames(input.input());
    unknown.removeAll(FIELDS);
    unknown.removeIf(name -> name.startsWith("AWS_STEP_FUNCTIONS"));
    if (!unknown.isEmpty() || input.input().has("file") == input.input().has("fileKey")) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "the execution's input has the fields " + fieldNames(input.input()),
          "input of execution " + input.job(),
          "Give either \"file\" with the job file in it or \"fileKey\" with the key of the object"
              + " that holds it, and nothing else but \"initialModel\"");
    }
    Optional<String> key = text(input.input(), "fileKey");
    if (key.isPresent()) {
      String text = UTF_8.decode(Job.content(ports.objects(), key.get())).toString();
      return JobFile.parse(text, key.get());
    }
    JsonNode file = input.input().get("file");
    return file.isTextual()
        ? JobFile.parse(file.asText(), "input.file")
        : JobFile.parse(file, "input.file");
  }

  /// The job file as it is stored: with a seed, so that whoever runs this step again gets the same
  /// job.
  private static JsonNode seeded(JobSpec spec) {
    ObjectNode file = (ObjectNode) JobFile.write(spec);
    return file.put("seed", spec.seed().orElseGet(() -> new SecureRandom().nextLong()));
  }

  private static Optional<String> text(JsonNode input, String field) {
    JsonNode value = input.path(field);
    if (!value.isMissingNode() && !value.isTextual()) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "«" + field + "» is not a text",
          "input of the execution",
          "Give the key of an object");
    }
    return Optional.ofNullable(value.textValue());
  }

  private static List<String> fieldNames(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  static void checkMembers(JobSpec spec, List<String> members) {
    for (String member : members) {
      if (!Federation.isMemberName(member)) {
        throw new RengoException(
            ErrorCode.CONFIG_INVALID,
            "«" + member + "» is not a member's name",
            "members of the federation",
            "Use lower-case letters, digits and hyphens");
      }
    }
    Root.of(spec.aggregation().rule())
        .filter(root -> !members.contains(root))
        .ifPresent(root -> {
          throw new RengoException(
              ErrorCode.JOB_INVALID,
              "the federation has no member «" + root + "»",
              "aggregation.rule.root",
              "Name the member whose agent runs beside the server's own data");
        });
    int reachable =
        switch (spec.cohort()) {
          case CohortRule.UniformSample(int size) -> size;
          case CohortRule.WeightedSample(int size) -> size;
          case CohortRule.StragglerAware rule -> rule.size();
          case CohortRule.All() -> members.size();
          case CohortRule.PoissonSample rule -> members.size();
          case CohortRule.Turns rule -> members.size();
        };
    if (reachable > members.size() || reachable < spec.rounds().quorum()) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "a cohort of %d of the federation's %d members cannot give %d updates"
              .formatted(reachable, members.size(), spec.rounds().quorum()),
          "rounds.quorum, cohort",
          "Lower rounds.quorum or cohort.size, or add members to the federation");
    }
    checkBound(spec, reachable, members.size());
  }

  /// A rule that no cohort of the federation can give enough updates is refused.
  private static void checkBound(JobSpec spec, int reachable, int members) {
    Rule rule = spec.aggregation().rule();
    int updates = Root.of(rule).isPresent() ? Math.min(reachable, members - 1) : reachable;
    if (updates < rule.fewest()) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "the rule needs %d updates (%s), a round of the federation's %d members gives %d at most"
              .formatted(rule.fewest(), rule.bound(), members, updates),
          "aggregation.rule, cohort",
          "Lower what the rule is to withstand, raise cohort.size, or add members");
    }
    if (rule.measure() == Measure.GRAM && updates > MOST_COMPARED) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "the rule compares each pair of %d updates".formatted(updates),
          "aggregation.rule, cohort",
          "Select at most " + MOST_COMPARED + " members, or take a rule that compares none");
    }
  }
}
