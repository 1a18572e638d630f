package io.rengo.cli;

import io.rengo.local.LocalKeys;
import io.rengo.local.MemoryObjectStore;
import io.rengo.local.MemoryRecordStore;
import io.rengo.local.MemoryTaskQueue;
import io.rengo.local.Time;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Progress;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RecordStore.RecordKey;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RoundRecord;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.trust.Signer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A deployed federation in memory, whose jobs a test moves on by hand.
final class Deployment {
  static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

  final FakeWorkflow workflow = new FakeWorkflow();
  final Ports ports =
      new Ports(
          new MemoryObjectStore(),
          new MemoryTaskQueue(Time.system()),
          new MemoryRecordStore(Time.system()),
          workflow,
          LocalKeys.inMemory(),
          Signer.none(),
          Time.system());

  Progress begin(String job) {
    workflow.start(job, Json.tree("file"));
    Progress progress =
        new Progress(
            job,
            Progress.State.RUNNING,
            1,
            START,
            0,
            0,
            0,
            false,
            false,
            model(job, 0),
            Optional.empty(),
            Optional.empty());
    put(RecordKeys.job(job), progress);
    return progress;
  }

  /// Records a published round.
  RoundReport publish(String job, int round, double accuracy, List<Refusal> refusals, int late) {
    RoundReport report =
        new RoundReport(
            round,
            Purpose.TRAIN,
            RoundReport.Outcome.PUBLISHED,
            5,
            5 - refusals.size() - late,
            late,
            refusals,
            Optional.of(0.5),
            Optional.of(0.6),
            Optional.of(accuracy),
            Optional.empty(),
            47_000,
            1.25,
            model(job, round),
            Optional.empty(),
            List.of(),
            Optional.empty());
    record(job, report);
    return report;
  }

  void record(String job, RoundReport report) {
    ports.objects().putOnce(new ObjectKeys(job).report(report.round()), Json.bytes(report));
    Progress before = progress(job);
    put(
        RecordKeys.job(job),
        new Progress(
            job,
            before.state(),
            before.seed(),
            before.started(),
            report.round(),
            before.published() + (report.outcome() == RoundReport.Outcome.PUBLISHED ? 1 : 0),
            before.abandoned() + (report.outcome() == RoundReport.Outcome.ABANDONED ? 1 : 0),
            false,
            false,
            report.model(),
            report.accuracy().or(before::accuracy),
            report.reason()));
  }

  void open(String job, int round, int accepted, int refused) {
    put(
        RecordKeys.round(job, round),
        new RoundRecord(
            Purpose.TRAIN, true, round - 1, 5, 5, 3, accepted, refused, START, Optional.empty()));
  }

  void refuse(String job, int round, Refusal refusal) {
    put(RecordKeys.refused(job, round, refusal.member(), refusal.code().name()), refusal);
  }

  void end(String job, Progress.State state, String reason) {
    put(RecordKeys.job(job), progress(job).ended(state, reason));
  }

  Progress progress(String job) {
    return Json.read(
        ports.records().get(RecordKeys.job(job)).orElseThrow().json(), Progress.class, job);
  }

  ByteBuffer putModel(String job, int version) {
    ByteBuffer bytes = ByteBuffer.wrap(("model " + version + " of " + job).getBytes());
    ObjectKeys keys = new ObjectKeys(job);
    ports.objects().putOnce(keys.model(version), bytes);
    Optional<String> etag = ports.objects().get(keys.latestModel()).map(stored -> stored.etag());
    ports.objects().compareAndSwap(keys.latestModel(), etag, Json.bytes(model(job, version)));
    return bytes;
  }

  private static ModelRef model(String job, int version) {
    return new ModelRef(
        version, new ObjectKeys(job).model(version), 20, "layout", "hash" + version);
  }

  private void put(RecordKey key, Object value) {
    Optional<StoredRecord> before = ports.records().get(key);
    ports
        .records()
        .commit(
            List.of(
                before
                    .<Change>map(
                        record -> new Change.Replace(key, record.version(), Json.write(value)))
                    .orElseGet(() -> new Change.Create(key, Json.write(value)))));
  }
}
