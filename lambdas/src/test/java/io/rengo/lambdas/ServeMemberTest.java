package io.rengo.lambdas;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.identity.TestFederation;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.Link;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Trust;
import io.rengo.protocol.TrustKeys;
import io.rengo.protocol.access.MemberAnswer;
import io.rengo.protocol.access.MemberAnswer.Done;
import io.rengo.protocol.access.MemberAnswer.Linked;
import io.rengo.protocol.access.MemberAnswer.Refused;
import io.rengo.protocol.access.MemberAnswer.Tasks;
import io.rengo.protocol.access.MemberRequest;
import io.rengo.protocol.access.MemberRequest.Ask;
import io.rengo.protocol.access.MemberRequest.Delete;
import io.rengo.protocol.access.MemberRequest.Extend;
import io.rengo.protocol.access.MemberRequest.Put;
import io.rengo.protocol.access.MemberRequest.Read;
import io.rengo.protocol.access.MemberRequest.Receive;
import io.rengo.protocol.trust.KeySigner;
import io.rengo.protocol.trust.Kind;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Role;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a member without credentials is given, and what is refused.
class ServeMemberTest {
  private static final String HASH = "ab".repeat(32);

  private final Place place = JobByHand.started(JobByHand.SMALL, new Trust(true, true)).place;
  private final KeySigner ann = place.identities.signer("ann", Role.MEMBER);
  private final ServeMember server =
      new ServeMember(linking(), Place.FEDERATION, place.authority, report -> {});

  @BeforeEach
  void publish() throws Exception {
    publish(place.identities);
  }

  private void publish(TestFederation federation) throws Exception {
    place.objects.delete(TrustKeys.REVOKED);
    String list = Pem.write("X509 CRL", federation.list().getEncoded());
    place.objects.putOnce(TrustKeys.REVOKED, ByteBuffer.wrap(list.getBytes(US_ASCII)));
  }

  @Test
  void tasks_areThoseOfWhoAsks() {
    place.queues.send(Place.FEDERATION.memberQueue("ann"), "for ann");
    place.queues.send(Place.FEDERATION.memberQueue("bob"), "for bob");

    Tasks tasks = (Tasks) ask(new Receive(60));
    assertThat(tasks.deliveries()).singleElement().matches(task -> task.body().equals("for ann"));
    assertThat(((Tasks) ask(new Receive(60))).deliveries()).isEmpty();

    String receipt = tasks.deliveries().getFirst().receipt();
    assertThat(ask(new Extend(receipt, 0))).isEqualTo(new Done());
    Tasks again = (Tasks) ask(new Receive(60));
    assertThat(again.deliveries()).hasSize(1);
    assertThat(ask(new Delete(again.deliveries().getFirst().receipt()))).isEqualTo(new Done());
    place.time.advance(Duration.ofMinutes(2));
    assertThat(((Tasks) ask(new Receive(60))).deliveries()).isEmpty();
    assertThat(place.tasksOf("bob")).isEqualTo(1);
  }

  @Test
  void links_areToModelsAndToOnesOwnUpdates() {
    assertThat(link(new Read(Place.KEYS.model(0)))).endsWith("read");
    assertThat(link(new Read(Place.KEYS.modelDelta(1, 0)))).endsWith("read");
    assertThat(link(new Read(Place.KEYS.vectorMean(1, 0)))).endsWith("read");
    assertThat(link(new Read(TrustKeys.REVOKED))).endsWith("read");
    assertThat(link(new Read(TrustKeys.certificate("ann")))).endsWith("read");
    assertThat(link(new Put(Place.KEYS.payload(1, "ann", HASH), 100, HASH)))
        .endsWith("100/" + HASH);
    assertThat(link(new Put(Place.KEYS.manifest(1, "ann"), 900, HASH))).endsWith("900/" + HASH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jobs/job-1/job.json",
        "jobs/job-1/models/latest.json",
        "jobs/job-1/models/../job.json",
        "jobs/job-1/rounds/000001/updates/ann/manifest.json",
        "jobs/job-1/rounds/000001/updates/bob/manifest.json",
        "federation/coordinator.pem",
        "federation/certificates/bob.pem",
        ""
      })
  void nothingElse_isRead(String key) {
    assertThat(refusal(new Read(key))).isEqualTo(ErrorCode.ACCESS_DENIED);
  }

  @Test
  void nothingElse_isPut() {
    for (String key :
        new String[] {
          Place.KEYS.manifest(1, "bob"),
          Place.KEYS.payload(1, "bob", HASH),
          Place.KEYS.payload(1, "ann", "cd".repeat(32)),
          Place.KEYS.model(1),
          "jobs/job-1/rounds/000001/updates/bob/x/updates/ann/manifest.json"
        }) {
      assertThat(refusal(new Put(key, 10, HASH))).isEqualTo(ErrorCode.ACCESS_DENIED);
    }
    assertThat(refusal(new Put(Place.KEYS.payload(1, "ann", HASH), 1L << 30, HASH)))
        .isEqualTo(ErrorCode.PAYLOAD_OVERSIZED);
    assertThat(refusal(new Put(Place.KEYS.manifest(1, "ann"), 1L << 21, HASH)))
        .isEqualTo(ErrorCode.PAYLOAD_OVERSIZED);
    assertThat(refusal(new Put(Place.KEYS.manifest(1, "ann"), 10, "no hash")))
        .isEqualTo(ErrorCode.PAYLOAD_OVERSIZED);
  }

  @Test
  void whoIsNoMember_isRefused() throws Exception {
    KeySigner stranger = new TestFederation(place.time.instant()).signer("ann", Role.MEMBER);
    assertThat(refusal(stranger, Kind.REQUEST)).isEqualTo(ErrorCode.CERTIFICATE_UNTRUSTED);
    KeySigner auditor = place.identities.signer("eve", Role.AUDITOR);
    assertThat(refusal(auditor, Kind.REQUEST)).isEqualTo(ErrorCode.CERTIFICATE_ROLE);
    assertThat(refusal(ann, Kind.UPDATE)).isEqualTo(ErrorCode.SIGNATURE_INVALID);

    place.identities.revoke(ann);
    publish(place.identities);
    assertThat(refusal(ann, Kind.REQUEST)).isEqualTo(ErrorCode.CERTIFICATE_REVOKED);
  }

  @Test
  void whatIsNoRequestOfNow_isRefused() {
    Instant now = place.time.instant();
    assertThat(refusal(body("test", now.minusSeconds(299)))).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(refusal(body("test", now.minusSeconds(301)))).isEqualTo(ErrorCode.MESSAGE_INVALID);
    assertThat(refusal(body("test", now.plusSeconds(301)))).isEqualTo(ErrorCode.MESSAGE_INVALID);
    assertThat(refusal(body("other", now))).isEqualTo(ErrorCode.MESSAGE_INVALID);
    assertThat(refusal("{}")).isEqualTo(ErrorCode.MESSAGE_INVALID);
    assertThat(code(server.run(event("{}")))).isEqualTo(ErrorCode.SIGNATURE_MISSING);
    assertThat(code(server.run(event("x".repeat(1 << 20))))).isEqualTo(ErrorCode.MESSAGE_INVALID);
    assertThat(code(server.run(JsonNodeFactory.instance.objectNode())))
        .isEqualTo(ErrorCode.SIGNATURE_MISSING);
  }

  @Test
  void bodyMayComeInBase64() {
    String signed = Json.write(ann.sign(Kind.REQUEST, body("test", place.time.instant())));
    ObjectNode event =
        event(Base64.getEncoder().encodeToString(signed.getBytes(UTF_8)))
            .put("isBase64Encoded", true);

    assertThat(code(server.run(event))).isEqualTo(ErrorCode.ACCESS_DENIED);
  }

  private MemberAnswer ask(Ask ask) {
    MemberRequest request = new MemberRequest(1, "test", place.time.instant(), ask);
    return answer(server.run(event(Json.write(ann.sign(Kind.REQUEST, Json.write(request))))));
  }

  private String link(Ask ask) {
    return ((Linked) ask(ask)).link().address().toString();
  }

  private ErrorCode refusal(Ask ask) {
    return ((Refused) ask(ask)).code();
  }

  private ErrorCode refusal(KeySigner signer, Kind kind) {
    return code(
        server.run(event(Json.write(signer.sign(kind, body("test", place.time.instant()))))));
  }

  private ErrorCode refusal(String body) {
    return code(server.run(event(Json.write(ann.sign(Kind.REQUEST, body)))));
  }

  /// A request that is refused for what it asks, if it is one.
  private static String body(String federation, Instant at) {
    return Json.write(new MemberRequest(1, federation, at, new Read("other")));
  }

  private static ObjectNode event(String body) {
    return JsonNodeFactory.instance.objectNode().put("body", body);
  }

  private static MemberAnswer answer(ServeMember.Output output) {
    return Json.read(output.body(), MemberAnswer.class, "answer");
  }

  private static ErrorCode code(ServeMember.Output output) {
    assertThat(output.statusCode()).isEqualTo(403);
    return ((Refused) answer(output)).code();
  }

  /// The same place, whose store gives links that say what they are for.
  private Ports linking() {
    ObjectStore objects =
        (ObjectStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "linkToRead" ->
                          new Link(URI.create("https://" + arguments[0] + "/read"), Map.of());
                      case "linkToPutOnce" ->
                          new Link(
                              URI.create("https://%s/%s/%s".formatted(Arrays.copyOf(arguments, 3))),
                              Map.of());
                      default -> method.invoke(place.objects, arguments);
                    });
    return new Ports(
        objects, place.queues, place.records, place.workflow, place.keys, place.signer, place.time);
  }
}
