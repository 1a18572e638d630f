package io.rengo.lambdas;

import io.rengo.core.Layout;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Progress;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What is stored of a job, read.
record Job(String id, JobSpec spec, Layout layout, List<String> members) {
  /// The form in which the job file is stored, beside the members that it was started with.
  private record Stored(com.fasterxml.jackson.databind.JsonNode spec, List<String> members) {}

  static Job load(Ports ports, String id) {
    ObjectKeys keys = new ObjectKeys(id);
    Stored stored = Json.read(content(ports.objects(), keys.spec()), Stored.class, keys.spec());
    JobSpec spec = JobFile.parse(stored.spec(), keys.spec());
    return new Job(id, spec, spec.model().layout(), stored.members());
  }

  static void store(Ports ports, String id, JobSpec spec, List<String> members) {
    ports
        .objects()
        .putOnce(new ObjectKeys(id).spec(), Json.bytes(new Stored(JobFile.write(spec), members)));
  }

  ObjectKeys keys() {
    return new ObjectKeys(id);
  }

  static Progress progress(Ports ports, String id) {
    return ports
        .records()
        .get(RecordKeys.job(id))
        .map(record -> Json.read(record.json(), Progress.class, "job " + id))
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.JOB_UNKNOWN,
                "there is no job «" + id + "»",
                "job",
                "List the jobs with `rengo list`"));
  }

  static Optional<StoredRecord> roundRecord(Ports ports, String id, int round) {
    return ports.records().get(RecordKeys.round(id, round));
  }

  static RoundRecord round(Ports ports, String id, int round) {
    return roundRecord(ports, id, round)
        .map(Job::asRound)
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.ROUND_UNKNOWN,
                "job " + id + " has no round " + round,
                "round",
                "Start rounds by the job's state machine alone"));
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

  static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }
}
