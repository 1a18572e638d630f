package io.rengo.lambdas;

import io.rengo.protocol.ObjectKeys.RoundId;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Progress;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RoundRecord;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// In which round an update counts. Where a job has a buffer, that is the round that is open when
/// the update comes, whatever round the member was asked in: a round is then one filling of the
/// buffer, and the next one opens together with its closing.
final class Buffers {
  private final Ports ports;
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();

  Buffers(Ports ports) {
    this.ports = ports;
  }

  /// Whether a job has a buffer.
  boolean has(String job) {
    return known.computeIfAbsent(
        job,
        id ->
            ports.records().get(RecordKeys.job(id)).isPresent()
                && Job.load(ports, id).spec().buffer().isPresent());
  }

  /// The round in which an update counts.
  RoundId counting(RoundId own) {
    if (!has(own.job()) || isOpen(own)) {
      return own;
    }
    Progress progress = Job.progress(ports, own.job());
    return IntStream.rangeClosed(progress.round() + 1, progress.round() + 2)
        .mapToObj(round -> new RoundId(own.job(), round))
        .filter(id -> isOpen(id) && record(id).orElseThrow().purpose() == Purpose.TRAIN)
        .findFirst()
        .orElse(own);
  }

  private boolean isOpen(RoundId id) {
    return record(id).map(RoundRecord::open).orElse(false);
  }

  private Optional<RoundRecord> record(RoundId id) {
    return ports.records().get(RecordKeys.round(id.job(), id.round())).map(Job::asRound);
  }
}
