package io.rengo.lambdas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.lambdas.UpdateJudge.Verdict;
import io.rengo.protocol.Federation;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectKeys.RoundId;
import io.rengo.protocol.ObjectKeys.UpdateId;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RoundRecord;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts updates: takes the events of stored manifests from their queue, a batch at a time, and
/// accepts or refuses each. An update counts together with a change of the round's record, so a
/// closed round never changes, however late or often an event comes. What could not be counted now
/// goes back to the queue, message by message.
final class AcceptUpdate implements Step<JsonNode, ObjectNode> {

  private static final Logger LOG = LoggerFactory.getLogger(AcceptUpdate.class);

  private final Ports ports;
  private final UpdateJudge judge;
  private final Buffers buffers;

  AcceptUpdate(
      Ports ports, Federation federation, Optional<X509Certificate> authority, Meter meter) {
    this.ports = ports;
    this.buffers = new Buffers(ports);
    this.judge = new UpdateJudge(ports, federation, authority, meter);
  }

  @Override
  public ObjectNode run(JsonNode event) {
    Map<RoundId, List<Notice>> rounds = new LinkedHashMap<>();
    for (JsonNode message : event.path("Records")) {
      for (Notice notice : Notice.parse(message)) {
        RoundId id = new RoundId(notice.update().job(), notice.update().round());
        rounds.computeIfAbsent(id, absent -> new ArrayList<>()).add(notice);
      }
    }
    Set<String> failed = new TreeSet<>();
    rounds.forEach((id, notices) -> {
      int most = buffers.has(id.job()) ? Tally.MAX_BUFFERED : Tally.MAX_UPDATES;
      for (int i = 0; i < notices.size(); i += most) {
        accept(id, notices.subList(i, Math.min(notices.size(), i + most)), failed);
      }
    });
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    ArrayNode failures = output.putArray("batchItemFailures");
    failed.forEach(id -> failures.addObject().put("itemIdentifier", id));
    return output;
  }

  private void accept(RoundId id, List<Notice> notices, Set<String> failed) {
    try (LogKeys logged = LogKeys.of(id.job(), id.round())) {
      try {
        Map<Notice, Verdict> verdicts = new HashMap<>();
        Conflicts.retry(() -> count(id, notices, verdicts), id.toString())
            .ifPresent(round -> {
              OpenRound.wake(ports, round);
              notices.forEach(notice -> letExpire(notice.update(), verdicts.get(notice)));
            });
      } catch (RuntimeException e) {
        LOG.error("{} notices go back to their queue", notices.size(), e);
        notices.forEach(notice -> failed.add(notice.messageId()));
      }
    }
  }

  /// What members sent is not kept for ever: once it is folded nothing needs it.
  private void letExpire(UpdateId id, @Nullable Verdict verdict) {
    if (!(verdict instanceof Verdict.Accepted accepted)) {
      String folder = new ObjectKeys(id.job()).updates(id.round(), id.member());
      ports.objects().list(folder).forEach(object -> ports.objects().letExpire(object.key()));
    } else if (!accepted.update().payloadKey().isEmpty()) {
      ports.objects().letExpire(accepted.update().payloadKey());
    }
  }

  /// The round's record with these updates counted (empty inside where there is no such round), or
  /// empty outside where the record changed meanwhile.
  private Optional<Optional<RoundRecord>> count(
      RoundId id, List<Notice> notices, Map<Notice, Verdict> verdicts) {
    RoundId counting = buffers.counting(id);
    Tally tally = new Tally(ports, counting);
    if (!counting.equals(id) && !tally.isOpen()) {
      return Optional.empty();
    }
    for (Notice notice : notices) {
      tally.add(
          notice, round -> verdicts.computeIfAbsent(notice, fresh -> judge.judge(fresh, round)));
    }
    return tally.commit() ? Optional.of(tally.round()) : Optional.empty();
  }
}
