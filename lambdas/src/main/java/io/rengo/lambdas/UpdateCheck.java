package io.rengo.lambdas;

import static io.rengo.lambdas.RefusedException.unless;

import io.rengo.core.MetricSums;
import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.AuditCounts;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.Json;
import io.rengo.protocol.KeyContext;
import io.rengo.protocol.ObjectKeys.UpdateId;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundRecord;
import io.rengo.protocol.UpdateManifest;
import io.rengo.protocol.UpdateManifest.Payload;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;

/// Whether the manifest of an update is one, claims what can be, and names a payload that is what
/// it says.
final class UpdateCheck {
  /// The most examples of one update: sums over all members stay exact.
  private static final long MAX_EXAMPLES = 1L << 40;

  private static final Set<ErrorCode> UNREADABLE =
      Set.of(ErrorCode.OBJECT_MISSING, ErrorCode.MESSAGE_INVALID, ErrorCode.MANIFEST_INVALID);

  private final ObjectStore objects;
  private final PayloadCheck payloads;
  private final Ports ports;
  private final Federation federation;
  private final Signatures signatures;

  UpdateCheck(
      Ports ports, Federation federation, Optional<X509Certificate> authority, Meter meter) {
    this.objects = ports.objects();
    this.federation = federation;
    this.ports = ports;
    this.payloads = new PayloadCheck(ports);
    this.signatures = new Signatures(ports, authority, meter);
  }

  AcceptedUpdate check(Notice notice, Job job, RoundRecord round) throws RefusedException {
    UpdateId id = notice.update();
    UpdateManifest manifest = read(notice, job);
    unless(
        !job.trust().signed()
            || (manifest.job().equals(id.job())
                && manifest.round() == id.round()
                && manifest.member().equals(id.member())),
        ErrorCode.MANIFEST_REPLAYED,
        "the manifest was signed for job %s, round %d, member %s"
            .formatted(manifest.job(), manifest.round(), manifest.member()));
    unless(
        manifest.version() == UpdateManifest.VERSION
            && manifest.job().equals(id.job())
            && manifest.round() == id.round()
            && manifest.member().equals(id.member())
            && isBase(manifest.baseVersion(), job, round),
        ErrorCode.MANIFEST_INVALID,
        "the manifest is of version %d, job %s, round %d, member %s, model %d"
            .formatted(
                manifest.version(),
                manifest.job(),
                manifest.round(),
                manifest.member(),
                manifest.baseVersion()));
    unless(
        manifest.declined().isEmpty(),
        ErrorCode.MEMBER_DECLINED,
        "the member does not do the task: " + manifest.declined().map(Enum::name).orElse(""));
    checkStaleness(manifest, job);
    checkNumbers(manifest);
    checkSteps(manifest, job, round);
    String hash = job.layout().hash();
    unless(
        manifest.layoutHash().equals(hash),
        ErrorCode.LAYOUT_MISMATCH,
        "the update's layout is %s, the model's %s".formatted(manifest.layoutHash(), hash));
    if (round.purpose() != Purpose.TRAIN) {
      checkAudit(manifest, round);
      return accepted(notice, manifest, round, "", 0, Optional.empty(), 0);
    }
    unless(
        !declines(manifest, job),
        ErrorCode.PRIVACY_SPENT,
        "the member has spent epsilon %s and may not spend more"
            .formatted(manifest.epsilon().orElse(0.0)));
    Payload payload =
        manifest
            .payload()
            .orElseThrow(
                () -> new RefusedException(ErrorCode.PAYLOAD_MISSING, "the update has no payload"));
    String key = key(job, id, payload);
    Optional<KeyContext> sealed =
        job.trust().sealed()
            ? Optional.of(new KeyContext(federation.name(), id.job(), id.round(), id.member()))
            : Optional.empty();
    long dataOffset =
        payloads.dataOffset(key, payload, sealed, job.updateLayout(), job.spec().encoding());
    return accepted(notice, manifest, round, key, payload.size(), sealed, dataOffset);
  }

  private UpdateManifest read(Notice notice, Job job) throws RefusedException {
    try {
      ByteBuffer content = objects.range(notice.key(), 0, UpdateManifest.MAX_BYTES + 1);
      unless(
          content.remaining() <= UpdateManifest.MAX_BYTES,
          ErrorCode.MANIFEST_INVALID,
          "the manifest has more than %d bytes".formatted(UpdateManifest.MAX_BYTES));
      return job.trust().signed()
          ? Json.read(signatures.body(content, notice), UpdateManifest.class, notice.key())
          : Json.read(content, UpdateManifest.class, notice.key());
    } catch (RengoException e) {
      unless(!UNREADABLE.contains(e.code()), ErrorCode.MANIFEST_INVALID, e.what());
      throw e;
    }
  }

  private static String key(Job job, UpdateId id, Payload payload) throws RefusedException {
    try {
      return job.keys().payload(id.round(), id.member(), payload.sha256());
    } catch (RengoException e) {
      throw new RefusedException(e.code(), e.what());
    }
  }

  private static void checkNumbers(UpdateManifest manifest) throws RefusedException {
    MetricSums evaluation = manifest.evaluation();
    unless(
        manifest.examples() > 0
            && manifest.examples() <= MAX_EXAMPLES
            && evaluation.examples() <= MAX_EXAMPLES,
        ErrorCode.EXAMPLE_COUNT,
        "the update claims %d examples and an evaluation on %d; 1 to %d are allowed"
            .formatted(manifest.examples(), evaluation.examples(), MAX_EXAMPLES));
    unless(
        Double.isFinite(manifest.loss())
            && Double.isFinite(manifest.seconds())
            && Double.isFinite(manifest.epsilon().orElse(0.0))
            && evaluation.finite(),
        ErrorCode.NON_FINITE,
        "a metric is not a finite number");
    unless(
        manifest.seconds() >= 0,
        ErrorCode.MANIFEST_INVALID,
        "the update took " + manifest.seconds() + " seconds");
    try {
      evaluation.check();
    } catch (IllegalArgumentException e) {
      throw new RefusedException(ErrorCode.MANIFEST_INVALID, String.valueOf(e.getMessage()));
    }
  }

  /// Whether an update may begin from a version: from the round's, or, where updates are buffered,
  /// from any that there was.
  private boolean isBase(int version, Job job, RoundRecord round) {
    return job.spec().buffer().isPresent()
        ? version >= 0 && version <= Job.progress(ports, job.id()).model().version()
        : version == round.baseVersion();
  }

  private void checkStaleness(UpdateManifest manifest, Job job) throws RefusedException {
    if (job.spec().buffer().isPresent()) {
      int newest = Job.progress(ports, job.id()).model().version();
      int most = job.spec().buffer().get().mostStale();
      unless(
          newest - manifest.baseVersion() <= most,
          ErrorCode.UPDATE_STALE,
          "the update begins from version %d, the newest is %d, and %d apart are allowed"
              .formatted(manifest.baseVersion(), newest, most));
    }
  }

  private static void checkSteps(UpdateManifest manifest, Job job, RoundRecord round)
      throws RefusedException {
    long most = job.spec().training().mostSteps(manifest.examples());
    unless(
        !job.spec().algorithm().weighsSteps()
            || round.purpose() != Purpose.TRAIN
            || (manifest.steps() >= 1 && manifest.steps() <= most),
        ErrorCode.STEP_COUNT,
        "the update claims %d steps; 1 to %d are possible".formatted(manifest.steps(), most));
  }

  /// Whether a member says that it has spent what it may of its privacy.
  private static boolean declines(UpdateManifest manifest, Job job) {
    return manifest.payload().isEmpty()
        && manifest.epsilon().isPresent()
        && job.spec().privacy().isPresent()
        && !job.central();
  }

  private static void checkAudit(UpdateManifest manifest, RoundRecord round)
      throws RefusedException {
    unless(
        round.purpose() != Purpose.AUDIT || manifest.audit().isPresent(),
        ErrorCode.MANIFEST_INVALID,
        "the answer has no counts of an audit");
    try {
      manifest.audit().ifPresent(AuditCounts::check);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(ErrorCode.MANIFEST_INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static AcceptedUpdate accepted(
      Notice notice,
      UpdateManifest manifest,
      RoundRecord round,
      String payloadKey,
      long size,
      Optional<KeyContext> sealed,
      long dataOffset) {
    return new AcceptedUpdate(
        manifest.member(),
        notice.etag(),
        payloadKey,
        size,
        sealed,
        dataOffset,
        manifest.examples(),
        manifest.steps(),
        manifest.loss(),
        manifest.evaluation(),
        manifest.seconds(),
        manifest.round(),
        manifest.baseVersion(),
        manifest.epsilon(),
        round.purpose() == Purpose.AUDIT ? manifest.audit() : Optional.empty(),
        manifest.approval());
  }
}
