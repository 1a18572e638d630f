package io.rengo.lambdas;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.CohortRule;
import io.rengo.core.FormatException;
import io.rengo.core.Initializer;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private static final Set<String> FIELDS = Set.of("file", "fileKey", "initialModel");

  private final Ports ports;

  StartJob(Ports ports) {
    this.ports = ports;
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
    Job.store(ports, input.job(), spec, members);
    Job job = Job.load(ports, input.job());
    long seed = job.spec().seed().orElseGet(() -> new SecureRandom().nextLong());
    ModelRef model = initialModel(job, input.input().path("initialModel"), seed);
    ports.objects().compareAndSwap(keys.latestModel(), Optional.empty(), Json.bytes(model));
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
            model,
            Optional.empty(),
            Optional.empty());
    ports
        .records()
        .commit(List.of(new Change.Create(RecordKeys.job(input.job()), Json.write(progress))));
    return new Output(input.job());
  }

  private JobSpec spec(Input input) {
    List<String> unknown = new ArrayList<>();
    input.input().fieldNames().forEachRemaining(unknown::add);
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
    if (input.input().has("fileKey")) {
      String key = input.input().get("fileKey").asText();
      return JobFile.parse(Job.text(Job.content(ports.objects(), key)), key);
    }
    JsonNode file = input.input().get("file");
    return file.isTextual()
        ? JobFile.parse(file.asText(), "input.file")
        : JobFile.parse(file, "input.file");
  }

  private static List<String> fieldNames(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void checkMembers(JobSpec spec, List<String> members) {
    for (String member : members) {
      if (!Federation.isMemberName(member)) {
        throw new RengoException(
            ErrorCode.CONFIG_INVALID,
            "«" + member + "» is not a member's name",
            "members of the federation",
            "Use lower-case letters, digits and hyphens");
      }
    }
    int reachable =
        switch (spec.cohort()) {
          case CohortRule.UniformSample(int size) -> size;
          case CohortRule.WeightedSample(int size) -> size;
          case CohortRule.StragglerAware rule -> rule.size();
          case CohortRule.All() -> members.size();
          case CohortRule.PoissonSample rule -> members.size();
        };
    if (reachable > members.size() || reachable < spec.rounds().quorum()) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "a cohort of %d of the federation's %d members cannot give %d updates"
              .formatted(reachable, members.size(), spec.rounds().quorum()),
          "rounds.quorum, cohort",
          "Lower rounds.quorum or cohort.size, or add members to the federation");
    }
  }

  private ModelRef initialModel(Job job, JsonNode given, long seed) {
    Layout layout = job.layout();
    float[] parameters =
        given.isTextual()
            ? read(given.asText(), layout)
            : Initializer.parameters(layout, job.spec().model().initial(), seed);
    ByteBuffer file = Safetensors.write(layout, Map.of("version", "0"), parameters);
    String key = job.keys().model(0);
    ports.objects().putOnce(key, file);
    Shards shards = Shards.of(layout.size(), job.spec().aggregation().shardBytes());
    ByteBuffer data =
        file.duplicate()
            .order(ByteOrder.LITTLE_ENDIAN)
            .position(file.limit() - Math.toIntExact(layout.size() * Float.BYTES))
            .slice();
    List<String> hashes = new ArrayList<>();
    for (int shard = 0; shard < shards.count(); shard++) {
      int begin = Math.toIntExact(shards.begin(shard) * Float.BYTES);
      hashes.add(Shards.hash(data.slice(begin, shards.length(shard) * Float.BYTES)));
    }
    return new ModelRef(0, key, file.remaining(), layout.hash(), Shards.hash(hashes));
  }

  private float[] read(String key, Layout layout) {
    try {
      return Safetensors.read(Job.content(ports.objects(), key), layout);
    } catch (FormatException e) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "the initial model cannot be read: " + e.getMessage(),
          key,
          "Give a safetensors file with the tensors that the job file's model has",
          e);
    }
  }
}
