package io.rengo.lambdas;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.ContentHash;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectKeys.UpdateId;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.TrustKeys;
import io.rengo.protocol.UpdateManifest;
import io.rengo.protocol.access.MemberAnswer;
import io.rengo.protocol.access.MemberRequest;
import io.rengo.protocol.access.MemberRequest.Ask;
import io.rengo.protocol.access.MemberRequest.Delete;
import io.rengo.protocol.access.MemberRequest.Extend;
import io.rengo.protocol.access.MemberRequest.Put;
import io.rengo.protocol.access.MemberRequest.Read;
import io.rengo.protocol.access.MemberRequest.Receive;
import io.rengo.protocol.trust.Kind;
import io.rengo.protocol.trust.Role;
import io.rengo.protocol.trust.Signed;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does for members that have no credentials for AWS what others may do by themselves: the function
/// behind an HTTPS address. A request counts as the member's whose certificate's key signed it, for
/// a few minutes. Models and updates do not pass through here: the member gets links to the store,
/// each for one object, and to put, for just these bytes.
final class ServeMember implements Step<JsonNode, ServeMember.Output> {
  /// What is sent back.
  record Output(int statusCode, Map<String, String> headers, String body) {}

  private static final Logger LOG = LoggerFactory.getLogger(ServeMember.class);

  /// How far a member's clock may be off.
  static final Duration FRESH = Duration.ofMinutes(5);

  /// Long enough to send the largest object over a slow line.
  private static final Duration VALIDITY = Duration.ofMinutes(30);

  private static final int MOST_SECONDS = 12 * 3600;

  private final Ports ports;
  private final Federation federation;
  private final Signatures signatures;

  ServeMember(
      Ports ports, Federation federation, Optional<X509Certificate> authority, Meter meter) {
    this.ports = ports;
    this.federation = federation;
    this.signatures = new Signatures(ports, authority, meter);
  }

  @Override
  public Output run(JsonNode event) {
    try {
      return output(200, answer(body(event)));
    } catch (RengoException e) {
      LOG.warn("a request is refused: {}", e.getMessage());
      boolean passes = e.code() == ErrorCode.SERVICE_UNAVAILABLE || e.code() == ErrorCode.CONFLICT;
      return output(passes ? 503 : 403, MemberAnswer.Refused.of(e));
    }
  }

  private static Output output(int status, MemberAnswer answer) {
    return new Output(status, Map.of("content-type", "application/json"), Json.write(answer));
  }

  private static String body(JsonNode event) {
    String body = event.path("body").asText();
    if (body.length() > MemberRequest.MAX_BYTES * 4 / 3) {
      throw refuse(ErrorCode.MESSAGE_INVALID, "the request is too long", "request");
    }
    try {
      return event.path("isBase64Encoded").asBoolean()
          ? new String(Base64.getDecoder().decode(body), UTF_8)
          : body;
    } catch (IllegalArgumentException e) {
      throw refuse(ErrorCode.MESSAGE_INVALID, "the request is not base64", "request");
    }
  }

  private MemberAnswer answer(String text) {
    Signed signed;
    try {
      signed = Json.read(text, Signed.class, "request");
    } catch (RengoException e) {
      throw refuse(ErrorCode.SIGNATURE_MISSING, "the request is not signed", "request");
    }
    String member =
        signatures
            .verifier()
            .verify(signed, Kind.REQUEST, Role.MEMBER, ports.clock().instant())
            .name();
    MemberRequest request = Json.read(signed.body(), MemberRequest.class, "request of " + member);
    check(request, member);
    return answer(request.ask(), member);
  }

  private void check(MemberRequest request, String member) {
    Duration age = Duration.between(request.at(), ports.clock().instant()).abs();
    if (request.version() != MemberRequest.VERSION
        || !request.federation().equals(federation.name())
        || age.compareTo(FRESH) > 0) {
      throw refuse(
          ErrorCode.MESSAGE_INVALID,
          "the request is of version %d, for federation %s, %d s away from now"
              .formatted(request.version(), request.federation(), age.toSeconds()),
          "request of " + member);
    }
  }

  private MemberAnswer answer(Ask ask, String member) {
    String queue = federation.memberQueue(member);
    return switch (ask) {
      case Receive(int seconds) ->
          new MemberAnswer.Tasks(
              ports.queues().receive(queue, 1, Duration.ZERO, visibility(seconds, 1)));
      case Extend(String receipt, int seconds) -> {
        ports.queues().extend(queue, receipt, visibility(seconds, 0));
        yield new MemberAnswer.Done();
      }
      case Delete(String receipt) -> {
        ports.queues().delete(queue, receipt);
        yield new MemberAnswer.Done();
      }
      case Read(String key) -> {
        if (!ObjectKeys.isModel(key)
            && !key.equals(TrustKeys.REVOKED)
            && !key.equals(TrustKeys.certificate(member))) {
          throw denied(key, member);
        }
        yield new MemberAnswer.Linked(ports.objects().linkToRead(key, VALIDITY));
      }
      case Put put -> {
        check(put, member);
        yield new MemberAnswer.Linked(
            ports.objects().linkToPutOnce(put.key(), put.size(), put.sha256(), VALIDITY));
      }
    };
  }

  /// Under the member's own name, no more than an update of the job may have, and no more than a
  /// store hashes in one piece.
  private void check(Put put, String member) {
    Optional<UpdateId> payload = ObjectKeys.parsePayload(put.key(), put.sha256());
    UpdateId id =
        payload
            .or(() -> ObjectKeys.parseManifest(put.key()))
            .filter(update -> update.member().equals(member))
            .orElseThrow(() -> denied(put.key(), member));
    Job job = Job.load(ports, id.job());
    long most =
        payload.isPresent()
            ? Math.min(
                ContentHash.PART,
                PayloadCheck.most(
                    job.spec().encoding().frame(job.updateLayout()), job.trust().sealed()))
            : UpdateManifest.MAX_BYTES;
    if (put.size() < 0 || put.size() > most || !ObjectKeys.isSha256(put.sha256())) {
      throw refuse(
          ErrorCode.PAYLOAD_OVERSIZED,
          "%d bytes are to be put; at most %d may be".formatted(put.size(), most),
          put.key());
    }
  }

  private static Duration visibility(int seconds, int least) {
    return Duration.ofSeconds(Math.clamp(seconds, least, MOST_SECONDS));
  }

  private static RengoException denied(String key, String member) {
    return refuse(ErrorCode.ACCESS_DENIED, "this is not for " + member, key);
  }

  private static RengoException refuse(ErrorCode code, String what, String where) {
    return new RengoException(
        code,
        what,
        where,
        "Let the agent and the deployment run the same version, and check its clock");
  }
}
