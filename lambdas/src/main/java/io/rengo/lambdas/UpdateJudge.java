package io.rengo.lambdas;

import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.ObjectKeys.RoundId;
import io.rengo.protocol.ObjectKeys.UpdateId;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundRecord;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says of one update of an open round whether it may count: who sent it, and whether it is what it
/// claims to be.
final class UpdateJudge {
  /// What becomes of an update.
  sealed interface Verdict {
    /// It was counted before: another delivery of the same news.
    record Known() implements Verdict {}

    record Accepted(AcceptedUpdate update) implements Verdict {}

    record Refused(Refusal refusal) implements Verdict {}

    static Verdict refuse(String member, ErrorCode code, String what) {
      return new Refused(new Refusal(member, code, what));
    }
  }

  private record Members(Set<String> all, Set<String> cohort) {}

  private static final Logger LOG = LoggerFactory.getLogger(UpdateJudge.class);
  private static final int REMEMBERED = 64;

  private final Ports ports;
  private final UpdateCheck check;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final Map<RoundId, Members> members = new ConcurrentHashMap<>();

  UpdateJudge(
      Ports ports, Federation federation, Optional<X509Certificate> authority, Meter meter) {
    this.ports = ports;
    this.check = new UpdateCheck(ports, federation, authority, meter);
  }

  Verdict judge(Notice notice, RoundRecord round) {
    UpdateId id = notice.update();
    Job job = remember(jobs, id.job(), () -> Job.load(ports, id.job()));
    Members known =
        remember(
            members,
            new RoundId(id.job(), id.round()),
            () ->
                new Members(
                    Set.copyOf(job.members()),
                    Set.copyOf(
                        Cohort.load(ports.objects(), job.keys().cohort(id.round())).members())));
    if (!known.all().contains(id.member())) {
      return Verdict.refuse(
          id.member(), ErrorCode.MEMBER_UNKNOWN, "the federation has no such member");
    }
    if (!known.cohort().contains(id.member())) {
      return Verdict.refuse(
          id.member(), ErrorCode.NOT_IN_COHORT, "the member is not in the round's cohort");
    }
    try {
      return new Verdict.Accepted(check.check(notice, job, round));
    } catch (RefusedException e) {
      return Verdict.refuse(id.member(), e.code(), e.what());
    } catch (RengoException e) {
      throw e;
    } catch (RuntimeException e) {
      // What no check foresaw is this update's fault alone: thrown, it would take its whole batch
      // back to the queue, and honest members' updates with it.
      LOG.error("the update of {} to round {} breaks its check", id.member(), id.round(), e);
      return Verdict.refuse(
          id.member(), ErrorCode.MANIFEST_INVALID, "the update cannot be checked: " + e);
    }
  }

  /// Remembers what never changes, for as long as it stays small.
  private static <K, V> V remember(Map<K, V> memory, K key, Supplier<V> load) {
    if (memory.size() > REMEMBERED) {
      memory.clear();
    }
    return memory.computeIfAbsent(key, absent -> load.get());
  }
}
