package io.rengo.lambdas;

import io.rengo.identity.TestFederation;
import io.rengo.local.LocalKeys;
import io.rengo.local.ManualTime;
import io.rengo.local.MemoryObjectStore;
import io.rengo.local.MemoryRecordStore;
import io.rengo.local.MemoryTaskQueue;
import io.rengo.protocol.Federation;
import io.rengo.protocol.Json;
import io.rengo.protocol.Keys;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RoundRecord;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Task;
import io.rengo.protocol.Versions;
import io.rengo.protocol.trust.Role;
import io.rengo.protocol.trust.Signer;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The ports in memory, and a federation of members that have a queue each.
final class Place {
  static final Federation FEDERATION = new Federation("test");
  static final Versions VERSIONS =
      new Versions(Optional.of("code's hash"), Optional.of("definitions' hash"));
  static final String JOB = "job-1";
  static final ObjectKeys KEYS = new ObjectKeys(JOB);
  static final List<String> MEMBERS = List.of("ann", "bob", "cid");

  final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
  final MemoryObjectStore objects = new MemoryObjectStore();
  final MemoryTaskQueue queues = new MemoryTaskQueue(time);
  final MemoryRecordStore records = new MemoryRecordStore(time);
  final Keys keys = LocalKeys.inMemory();
  final TestFederation identities = new TestFederation(time.instant());
  final Optional<X509Certificate> authority = Optional.of(identities.authority());
  final Signer signer = identities.signer("coordinator", Role.COORDINATOR);
  final RecordingWorkflow workflow = new RecordingWorkflow();
  final List<Double> listLasts = new ArrayList<>();
  final Meter meter =
      new Meter() {
        @Override
        public void record(RoundReport report) {}

        @Override
        public void listLasts(double days) {
          listLasts.add(days);
        }
      };
  final Ports ports = new Ports(objects, queues, records, workflow, keys, signer, time);

  Place() {
    MEMBERS.forEach(member -> queues.create(FEDERATION.memberQueue(member)));
  }

  int tasksOf(String member) {
    return queues
        .receive(FEDERATION.memberQueue(member), 10, Duration.ZERO, Duration.ofDays(1))
        .size();
  }

  /// The tasks that wait for a member.
  List<Task> tasks(String member) {
    String queue = FEDERATION.memberQueue(member);
    return queues.receive(queue, 10, Duration.ZERO, Duration.ofDays(1)).stream()
        .map(delivery -> Json.read(delivery.body(), Task.class, queue))
        .toList();
  }

  ByteBuffer bytes(String key) {
    return objects.get(key).orElseThrow().content();
  }

  RoundRecord round(int round) {
    return Job.round(ports, JOB, round);
  }

  List<Refusal> refusals(int round) {
    return records.list(RecordKeys.roundPartition(JOB, round), RecordKeys.REFUSED).stream()
        .map(record -> Json.read(record.json(), Refusal.class, record.key().toString()))
        .toList();
  }

  /// Everything that is stored of the job, but for the plans, which name an upload.
  Map<String, Object> contents() {
    Map<String, Object> contents = new TreeMap<>();
    objects.list("jobs/").stream()
        .map(ObjectInfo::key)
        .filter(key -> !key.contains("/plans/"))
        .forEach(key -> contents.put(key, bytes(key)));
    records.list(RecordKeys.jobs(), "").forEach(record -> put(contents, record));
    for (int round = 1; round <= 9; round++) {
      records
          .list(RecordKeys.roundPartition(JOB, round), "")
          .forEach(record -> put(contents, record));
    }
    return contents;
  }

  private static void put(Map<String, Object> contents, StoredRecord record) {
    contents.put(record.key().toString(), record.json());
  }
}
