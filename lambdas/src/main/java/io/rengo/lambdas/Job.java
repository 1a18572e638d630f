package io.rengo.lambdas;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.Layout;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Ports;
import io.rengo.protocol.PrivacySpec;
import io.rengo.protocol.Progress;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundRecord;
import io.rengo.protocol.Trust;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;

/// What is stored of a job, read.
///
/// @param region whether this is a region's part of it: its rounds end in means that are sent
///   upwards, and its models come from above
record Job(
    String id, JobSpec spec, Layout layout, List<String> members, Trust trust, boolean region) {
  /// The form in which the job file is stored, beside the members that it was started with and what
  /// is demanded of their updates.
  private record Stored(JsonNode spec, List<String> members, Trust trust, boolean region) {}

  static Job load(Ports ports, String id) {
    ObjectKeys keys = new ObjectKeys(id);
    Stored stored =
        ports
            .objects()
            .get(keys.spec())
            .map(object -> Json.read(object.content(), Stored.class, keys.spec()))
            .orElseThrow(() -> unknown(id));
    JobSpec spec = JobFile.parse(stored.spec(), keys.spec());
    return new Job(
        id, spec, spec.model().layout(), stored.members(), stored.trust(), stored.region());
  }

  /// Stores a job file, every default filled in, unless the job has one already.
  static void store(
      Ports ports, String id, JsonNode spec, List<String> members, Trust trust, boolean region) {
    ports
        .objects()
        .putOnce(new ObjectKeys(id).spec(), Json.bytes(new Stored(spec, members, trust, region)));
  }

  /// Where the result of a round goes.
  ///
  /// @param version of the new model
  String product(int round, int version) {
    return region ? keys().regionMean(round) : keys().model(version);
  }

  /// The fewest updates that a round may aggregate: a buffer waits for a number, but what it has at
  /// its deadline counts. Where the server's noise hides who took part, a round goes on with any
  /// number, and with none.
  int quorum() {
    return central() ? 0 : spec.buffer().isPresent() ? 1 : spec.rounds().quorum();
  }

  /// Whether the server adds noise.
  boolean central() {
    return spec.privacy().filter(PrivacySpec::central).isPresent();
  }

  /// The layout of an update: more than the model's where members send more.
  Layout updateLayout() {
    return spec.algorithm().layout(layout);
  }

  /// Bytes of a shard of the model; in a region those of the federation above, whose model it is.
  long shardBytes() {
    return region()
        ? spec.aggregation().shardBytes()
        : spec.shardBytes(members.size(), layout.size());
  }

  Shards shards() {
    return Shards.of(layout.size(), shardBytes());
  }

  ObjectKeys keys() {
    return new ObjectKeys(id);
  }

  static Progress progress(Ports ports, String id) {
    return ports
        .records()
        .get(RecordKeys.job(id))
        .map(record -> Json.read(record.json(), Progress.class, "job " + id))
        .orElseThrow(() -> unknown(id));
  }

  static Progress changeProgress(Ports ports, String id, UnaryOperator<Progress> change) {
    return Conflicts.change(
        ports.records(), RecordKeys.job(id), Progress.class, change, () -> unknown(id));
  }

  static RoundRecord round(Ports ports, String id, int round) {
    return ports
        .records()
        .get(RecordKeys.round(id, round))
        .map(Job::asRound)
        .orElseThrow(() -> unknownRound(id, round));
  }

  static RoundRecord changeRound(
      Ports ports, String id, int round, UnaryOperator<RoundRecord> change) {
    return Conflicts.change(
        ports.records(),
        RecordKeys.round(id, round),
        RoundRecord.class,
        change,
        () -> unknownRound(id, round));
  }

  static RoundRecord asRound(StoredRecord record) {
    return Json.read(record.json(), RoundRecord.class, record.key().toString());
  }

  /// The content of an object that must be there.
  static ByteBuffer content(ObjectStore objects, String key) {
    return objects
        .get(key)
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.OBJECT_MISSING,
                "the object is not there",
                key,
                "Objects of a running job must not be removed"))
        .content();
  }

  /// Stores an object once and returns what is stored under the key from now on: the given value,
  /// or what an earlier run of the same step has put.
  static <T> T putOnce(ObjectStore objects, String key, T value, Class<T> type) {
    return objects.putOnce(key, Json.bytes(value)) == ObjectStore.Put.STORED
        ? value
        : Json.read(content(objects, key), type, key);
  }

  private static RengoException unknown(String id) {
    return new RengoException(
        ErrorCode.JOB_UNKNOWN,
        "there is no job «" + id + "»",
        "job",
        "List the jobs with `rengo list`");
  }

  private static RengoException unknownRound(String id, int round) {
    return new RengoException(
        ErrorCode.ROUND_UNKNOWN,
        "job " + id + " has no round " + round,
        "round",
        "Start rounds by the job's state machine alone");
  }
}
