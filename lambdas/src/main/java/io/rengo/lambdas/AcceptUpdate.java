package io.rengo.lambdas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.lambdas.UpdateJudge.Verdict;
import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RecordStore.RecordKey;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts updates: takes the events of stored manifests from their queue, a batch at a time, and
/// accepts or refuses each. An update counts together with a change of the round's record, so a
/// closed round never changes, however late or often an event comes.
final class AcceptUpdate implements Step<JsonNode, ObjectNode> {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptUpdate.class);
  private static final Duration KEEP_REFUSALS = Duration.ofDays(90);

  /// Each update adds at most one record, and the round's own comes on top.
  private static final int MOST_UPDATES = 90;

  private record RoundId(String job, int round) {}

  private final Ports ports;
  private final UpdateJudge judge;

  AcceptUpdate(Ports ports) {
    this.ports = ports;
    this.judge = new UpdateJudge(ports);
  }

  @Override
  public ObjectNode run(JsonNode event) {
    Set<String> failed = new HashSet<>();
    Map<RoundId, List<Notice>> rounds = new LinkedHashMap<>();
    for (JsonNode message : event.path("Records")) {
      for (Notice notice : Notice.parse(message)) {
        rounds
            .computeIfAbsent(
                new RoundId(notice.update().job(), notice.update().round()),
                id -> new ArrayList<>())
            .add(notice);
      }
    }
    rounds.forEach((id, notices) -> {
      for (int i = 0; i < notices.size(); i += MOST_UPDATES) {
        List<Notice> some = notices.subList(i, Math.min(notices.size(), i + MOST_UPDATES));
        try {
          accept(id, some);
        } catch (RengoException e) {
          LOG.error("updates of round {} go back to their queue: {}", id, e.getMessage());
          some.forEach(notice -> failed.add(notice.messageId()));
        }
      }
    });
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    ArrayNode failures = output.putArray("batchItemFailures");
    failed.forEach(id -> failures.addObject().put("itemIdentifier", id));
    return output;
  }

  private void accept(RoundId id, List<Notice> notices) {
    Map<Notice, Verdict> verdicts = new HashMap<>();
    Optional<RoundRecord> round =
        Conflicts.retry(
            () -> attempt(id, notices, verdicts), "round " + id.round() + " of job " + id.job());
    round.ifPresent(record -> OpenRound.wake(ports, record));
  }

  /// The round's record after the updates were counted (empty inside where there is no round), or
  /// empty outside where the record changed meanwhile.
  private Optional<Optional<RoundRecord>> attempt(
      RoundId id, List<Notice> notices, Map<Notice, Verdict> verdicts) {
    Optional<StoredRecord> stored = Job.roundRecord(ports, id.job(), id.round());
    Map<RecordKey, Change> changes = new LinkedHashMap<>();
    int accepted = 0;
    int refused = 0;
    for (Notice notice : notices) {
      switch (verdict(id, notice, stored.map(Job::asRound), changes.keySet(), verdicts)) {
        case Verdict.Known() -> {}
        case Verdict.Accepted(AcceptedUpdate update) -> {
          RecordKey key = RecordKeys.accepted(id.job(), id.round(), update.member());
          changes.put(key, new Change.Create(key, Json.write(update)));
          accepted++;
        }
        case Verdict.Refused(Refusal refusal, boolean answer) -> {
          RecordKey key = RecordKeys.refused(id.job(), id.round(), refusal.member(), notice.etag());
          if (!changes.containsKey(key) && ports.records().get(key).isEmpty()) {
            LOG.warn("update refused: {} of round {}", refusal, id);
            changes.put(
                key,
                new Change.Create(
                    key,
                    Json.write(refusal),
                    Optional.of(ports.clock().instant().plus(KEEP_REFUSALS))));
            refused += answer ? 1 : 0;
          }
        }
      }
    }
    Optional<RoundRecord> after = stored.map(Job::asRound);
    List<Change> commit = new ArrayList<>(changes.values());
    if (accepted + refused > 0) {
      StoredRecord before = stored.orElseThrow();
      RoundRecord counted = Job.asRound(before).plus(accepted, refused);
      commit.add(new Change.Replace(before.key(), before.version(), Json.write(counted)));
      after = Optional.of(counted);
    }
    return commit.isEmpty() || ports.records().commit(commit)
        ? Optional.of(after)
        : Optional.empty();
  }

  private Verdict verdict(
      RoundId id,
      Notice notice,
      Optional<RoundRecord> round,
      Set<RecordKey> counted,
      Map<Notice, Verdict> verdicts) {
    String member = notice.update().member();
    if (round.isEmpty()) {
      return Verdict.refuse(member, ErrorCode.ROUND_UNKNOWN, "there is no such round", false);
    }
    RecordKey key = RecordKeys.accepted(id.job(), id.round(), member);
    Optional<AcceptedUpdate> present =
        ports
            .records()
            .get(key)
            .map(record -> Json.read(record.json(), AcceptedUpdate.class, key.toString()));
    if (present.isPresent() || counted.contains(key)) {
      boolean same = present.map(update -> update.etag().equals(notice.etag())).orElse(false);
      return same
          ? new Verdict.Known()
          : Verdict.refuse(
              member,
              ErrorCode.UPDATE_DUPLICATE,
              "the member already has an update in this round",
              false);
    }
    if (!round.get().open()) {
      return Verdict.refuse(
          member, ErrorCode.ROUND_CLOSED, "the round was closed before the update came", false);
    }
    return verdicts.computeIfAbsent(notice, fresh -> judge.judge(fresh, round.get()));
  }
}
