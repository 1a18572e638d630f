package io.rengo.lambdas;

import io.rengo.core.FormatException;
import io.rengo.core.Safetensors;
import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys.UpdateId;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.ObjectStore.StoredObject;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundRecord;
import io.rengo.protocol.UpdateManifest;
import io.rengo.protocol.UpdateManifest.Payload;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Says of one update of an open round whether it may count: who sent it, what it claims, and
/// whether the payload is what it claims. The payload itself is not read beyond its header.
final class UpdateJudge {
  /// What becomes of an update.
  sealed interface Verdict {
    /// It was counted before: another delivery of the same news.
    record Known() implements Verdict {}

    record Accepted(AcceptedUpdate update) implements Verdict {}

    /// @param answer whether a member of the cohort has answered by it: nothing more is to come
    record Refused(Refusal refusal, boolean answer) implements Verdict {}

    static Verdict refuse(String member, ErrorCode code, String what, boolean answer) {
      return new Refused(new Refusal(member, code, what), answer);
    }
  }

  private record Round(String job, int round) {}

  private record Members(Set<String> all, Set<String> cohort) {}

  private static final int REMEMBERED = 64;

  private final Ports ports;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final Map<Round, Members> members = new ConcurrentHashMap<>();

  UpdateJudge(Ports ports) {
    this.ports = ports;
  }

  Verdict judge(Notice notice, RoundRecord round) {
    UpdateId id = notice.update();
    Job job = remember(jobs, id.job(), () -> Job.load(ports, id.job()));
    Members known =
        remember(
            members,
            new Round(id.job(), id.round()),
            () ->
                new Members(
                    Set.copyOf(job.members()),
                    Set.copyOf(
                        Cohort.load(ports.objects(), job.keys().cohort(id.round())).members())));
    if (!known.all().contains(id.member())) {
      return Verdict.refuse(
          id.member(), ErrorCode.MEMBER_UNKNOWN, "the federation has no such member", false);
    }
    if (!known.cohort().contains(id.member())) {
      return Verdict.refuse(
          id.member(), ErrorCode.NOT_IN_COHORT, "the member is not in the round's cohort", false);
    }
    try {
      return new Verdict.Accepted(check(notice, job, round));
    } catch (Reason reason) {
      return Verdict.refuse(id.member(), reason.code, reason.what, true);
    }
  }

  private AcceptedUpdate check(Notice notice, Job job, RoundRecord round) throws Reason {
    UpdateId id = notice.update();
    require(
        notice.size() <= UpdateManifest.MAX_BYTES,
        ErrorCode.MANIFEST_INVALID,
        "the manifest has " + notice.size() + " bytes");
    StoredObject object =
        ports
            .objects()
            .get(notice.key())
            .orElseThrow(() -> new Reason(ErrorCode.MANIFEST_INVALID, "the manifest is not there"));
    UpdateManifest manifest = parse(object.content(), notice.key());
    require(
        manifest.version() == UpdateManifest.VERSION
            && manifest.job().equals(id.job())
            && manifest.round() == id.round()
            && manifest.member().equals(id.member())
            && manifest.baseVersion() == round.baseVersion(),
        ErrorCode.MANIFEST_INVALID,
        "the manifest is of job %s, round %d, member %s, model %d"
            .formatted(
                manifest.job(), manifest.round(), manifest.member(), manifest.baseVersion()));
    require(
        manifest.examples() > 0,
        ErrorCode.EXAMPLE_COUNT,
        "the update claims " + manifest.examples() + " examples");
    require(
        Double.isFinite(manifest.loss())
            && Double.isFinite(manifest.seconds())
            && manifest.evaluation().finite(),
        ErrorCode.NON_FINITE,
        "a metric is not a finite number");
    try {
      manifest.evaluation().check();
    } catch (IllegalArgumentException e) {
      throw new Reason(ErrorCode.MANIFEST_INVALID, String.valueOf(e.getMessage()));
    }
    String hash = job.layout().hash();
    require(
        manifest.layoutHash().equals(hash),
        ErrorCode.LAYOUT_MISMATCH,
        "the update's layout is %s, the model's %s".formatted(manifest.layoutHash(), hash));
    String etag = Notice.etag(object.etag());
    if (round.purpose() == Purpose.EVALUATE) {
      return accepted(manifest, etag, "", 0, 0);
    }
    Payload payload =
        manifest
            .payload()
            .orElseThrow(() -> new Reason(ErrorCode.PAYLOAD_MISSING, "the update has no payload"));
    String key = job.keys().payload(id.round(), id.member(), payload.sha256());
    return accepted(manifest, etag, key, payload.size(), checkPayload(key, payload, job));
  }

  private static UpdateManifest parse(ByteBuffer content, String key) throws Reason {
    try {
      return Json.read(content, UpdateManifest.class, key);
    } catch (RengoException e) {
      throw new Reason(ErrorCode.MANIFEST_INVALID, e.what());
    }
  }

  /// The byte at which the parameters begin.
  private long checkPayload(String key, Payload payload, Job job) throws Reason {
    ObjectInfo info =
        ports
            .objects()
            .head(key)
            .orElseThrow(() ->
                new Reason(ErrorCode.PAYLOAD_MISSING, "there is no payload of the hash it names"));
    long most =
        job.layout().size() * Float.BYTES + Safetensors.MAX_HEADER + Safetensors.LENGTH_BYTES;
    require(
        info.size() <= most && info.size() <= payload.size(),
        ErrorCode.PAYLOAD_OVERSIZED,
        "the payload has %d bytes, the manifest says %d, the model allows %d"
            .formatted(info.size(), payload.size(), most));
    require(
        info.size() == payload.size(),
        ErrorCode.PAYLOAD_TRUNCATED,
        "the payload has %d of the %d bytes that the manifest says"
            .formatted(info.size(), payload.size()));
    Optional<String> hash = info.sha256();
    require(
        hash.isEmpty() || hash.get().equals(payload.sha256()),
        ErrorCode.PAYLOAD_HASH,
        "the payload's hash is not the manifest's");
    try {
      long length =
          Safetensors.headerLength(ports.objects().range(key, 0, Safetensors.LENGTH_BYTES));
      ByteBuffer prefix =
          ports.objects().range(key, 0, Math.toIntExact(Safetensors.LENGTH_BYTES + length));
      Safetensors.Header header = Safetensors.readHeader(prefix, info.size());
      require(
          header.liesAs(job.layout()),
          ErrorCode.LAYOUT_MISMATCH,
          "the payload's tensors are not the model's");
      return header.dataOffset();
    } catch (FormatException e) {
      throw new Reason(ErrorCode.PAYLOAD_INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static AcceptedUpdate accepted(
      UpdateManifest manifest, String etag, String payloadKey, long size, long dataOffset) {
    return new AcceptedUpdate(
        manifest.member(),
        etag,
        payloadKey,
        size,
        dataOffset,
        manifest.examples(),
        manifest.loss(),
        manifest.evaluation(),
        manifest.seconds());
  }

  private static void require(boolean holds, ErrorCode code, String what) throws Reason {
    if (!holds) {
      throw new Reason(code, what);
    }
  }

  /// Remembers what never changes, for as long as it stays small.
  private static <K, V> V remember(Map<K, V> memory, K key, Supplier<V> load) {
    if (memory.size() > REMEMBERED) {
      memory.clear();
    }
    return memory.computeIfAbsent(key, absent -> load.get());
  }

  /// Why an update is refused.
  private static final class Reason extends Exception {
    private final ErrorCode code;
    private final String what;

    Reason(ErrorCode code, String what) {
      super(what, null, false, false);
      this.code = code;
      this.what = what;
    }
  }
}
