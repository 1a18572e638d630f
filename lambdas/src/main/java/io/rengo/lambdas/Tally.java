package io.rengo.lambdas;

import io.rengo.lambdas.UpdateJudge.Verdict;
import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys.RoundId;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RecordStore.RecordKey;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RoundRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt to count a batch of updates of one round: it gathers what changes, and commits all
/// of it against the round's record as it was read at the beginning. A member answers once, by an
/// update that is accepted or refused; any other update of it is a duplicate.
final class Tally {
  /// Each update adds at most one record; the round's own comes on top, and a reserve.
  static final int MAX_UPDATES = 90;

  /// The same where an update that was asked for in another round is noted there, too.
  static final int MAX_BUFFERED = MAX_UPDATES / 2;

  private static final Logger LOG = LoggerFactory.getLogger(Tally.class);
  private static final Duration KEEP_REFUSALS = Duration.ofDays(90);

  private final Ports ports;
  private final RoundId id;
  private final Optional<StoredRecord> stored;
  private final Optional<RoundRecord> before;
  private final Map<RecordKey, Change> changes = new LinkedHashMap<>();

  /// The etag of the update by which a member has answered, for those of this batch.
  private final Map<String, String> answers = new HashMap<>();

  private int accepted;
  private int refused;

  Tally(Ports ports, RoundId id) {
    this.ports = ports;
    this.id = id;
    this.stored = ports.records().get(RecordKeys.round(id.job(), id.round()));
    this.before = stored.map(Job::asRound);
  }

  /// Counts an update, unless it was counted before.
  ///
  /// @param judge asked for an update to an open round by a member that has not answered yet
  void add(Notice notice, Function<RoundRecord, Verdict> judge) {
    String member = notice.update().member();
    switch (verdict(notice, judge)) {
      case Verdict.Known() -> {}
      case Verdict.Accepted(AcceptedUpdate update) -> {
        create(RecordKeys.accepted(id.job(), id.round(), member), update, Optional.empty());
        if (isOfAnotherRound(notice)) {
          create(asked(notice), update, Optional.empty());
        }
        answers.put(member, notice.etag());
        accepted++;
      }
      case Verdict.Refused(Refusal refusal) -> refuse(notice, refusal);
    }
  }

  /// Whether the round is open.
  boolean isOpen() {
    return before.map(RoundRecord::open).orElse(false);
  }

  private boolean isOfAnotherRound(Notice notice) {
    return notice.update().round() != id.round();
  }

  /// Where an update is noted in the round that it was asked for in.
  private RecordKey asked(Notice notice) {
    return RecordKeys.accepted(id.job(), notice.update().round(), notice.update().member());
  }

  private void refuse(Notice notice, Refusal refusal) {
    RecordKey key = RecordKeys.refused(id.job(), id.round(), refusal.member(), notice.etag());
    if (changes.containsKey(key) || ports.records().get(key).isPresent()) {
      return;
    }
    LOG.warn("update refused: {}", refusal);
    create(key, refusal, Optional.of(KEEP_REFUSALS));
    if (isAnswer(refusal.code())) {
      answers.put(refusal.member(), notice.etag());
      refused++;
    }
  }

  private void create(RecordKey key, Object value, Optional<Duration> keep) {
    changes.put(
        key, new Change.Create(key, Json.write(value), keep.map(ports.clock().instant()::plus)));
  }

  /// Commits what was counted; false where somebody else changed the same meanwhile.
  boolean commit() {
    List<Change> commit = new ArrayList<>(changes.values());
    if (accepted + refused > 0) {
      StoredRecord round = stored.orElseThrow();
      String counted = Json.write(round().orElseThrow());
      commit.add(new Change.Replace(round.key(), round.version(), counted));
    }
    return commit.isEmpty() || ports.records().commit(commit);
  }

  /// The round's record with what was counted; empty where there is no such round.
  Optional<RoundRecord> round() {
    return before.map(round -> round.plus(accepted, refused));
  }

  private Verdict verdict(Notice notice, Function<RoundRecord, Verdict> judge) {
    String member = notice.update().member();
    if (before.isEmpty()) {
      return Verdict.refuse(member, ErrorCode.ROUND_UNKNOWN, "there is no such round");
    }
    Optional<String> answer = earlier(notice).or(() -> answer(member, before.get()));
    if (answer.isPresent()) {
      return answer.get().equals(notice.etag())
          ? new Verdict.Known()
          : Verdict.refuse(
              member, ErrorCode.UPDATE_DUPLICATE, "the member has already answered in this round");
    }
    if (!before.get().open()) {
      return Verdict.refuse(
          member, ErrorCode.ROUND_CLOSED, "the round was closed before the update came");
    }
    return judge.apply(before.get());
  }

  /// The update that the member sent to the round that it was asked in, where that is another.
  private Optional<String> earlier(Notice notice) {
    return isOfAnotherRound(notice)
        ? ports
            .records()
            .get(asked(notice))
            .map(record ->
                Json.read(record.json(), AcceptedUpdate.class, record.key().toString()).etag())
        : Optional.empty();
  }

  private Optional<String> answer(String member, RoundRecord round) {
    RecordKey key = RecordKeys.accepted(id.job(), id.round(), member);
    return Optional.ofNullable(answers.get(member))
        .or(() ->
            ports
                .records()
                .get(key)
                .map(record ->
                    Json.read(record.json(), AcceptedUpdate.class, key.toString()).etag()))
        .or(() -> round.refused() == 0 ? Optional.empty() : refusedAnswer(member));
  }

  private Optional<String> refusedAnswer(String member) {
    String prefix = RecordKeys.REFUSED + member + "#";
    return ports.records().list(RecordKeys.roundPartition(id.job(), id.round()), prefix).stream()
        .filter(record -> isAnswer(read(record).code()))
        .map(record -> record.key().sort().substring(prefix.length()))
        .findFirst();
  }

  private static Refusal read(StoredRecord record) {
    return Json.read(record.json(), Refusal.class, record.key().toString());
  }

  /// Whether a member of the cohort has answered by an update that was refused so: then nothing
  /// more is to come from it.
  private static boolean isAnswer(ErrorCode code) {
    return switch (code) {
      case ROUND_UNKNOWN, ROUND_CLOSED, UPDATE_DUPLICATE, MEMBER_UNKNOWN, NOT_IN_COHORT -> false;
      default -> true;
    };
  }
}
