package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.agent.ModelSource;
import io.rengo.agent.state.MemoryModel;
import io.rengo.agent.trust.Seen;
import io.rengo.agent.trust.SignedInbox;
import io.rengo.core.Layout;
import io.rengo.core.ModelHash;
import io.rengo.core.Safetensors;
import io.rengo.core.TensorSpec;
import io.rengo.identity.TestFederation;
import io.rengo.local.LocalKeys;
import io.rengo.local.ManualTime;
import io.rengo.local.MemoryObjectStore;
import io.rengo.local.MemoryRecordStore;
import io.rengo.local.MemoryTaskQueue;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import io.rengo.protocol.Trust;
import io.rengo.protocol.TrustKeys;
import io.rengo.protocol.UpdateSpec;
import io.rengo.protocol.Workflow;
import io.rengo.protocol.trust.KeySigner;
import io.rengo.protocol.trust.Kind;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Role;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CRLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What an agent of a federation that signs takes as a task, and as a model.
class TrustedAgentTest {
  private static final JobSpec SPEC =
      JobFile.parse("{model: {kind: mlp, layers: [1, 1]}}", "job.yaml");
  private static final Layout LAYOUT = SPEC.model().layout();
  private static final float[] PARAMETERS = {1, 2};
  private static final Trust SIGNED = new Trust(true, true);

  private final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final TestFederation federation = new TestFederation(time.instant());
  private final KeySigner coordinator = federation.signer("coordinator", Role.COORDINATOR);
  private final MemoryObjectStore objects = new MemoryObjectStore();
  private final Ports ports =
      new Ports(
          objects,
          new MemoryTaskQueue(time),
          new MemoryRecordStore(time),
          (Workflow)
              Proxy.newProxyInstance(
                  Workflow.class.getClassLoader(),
                  new Class<?>[] {Workflow.class},
                  (proxy, method, arguments) -> {
                    throw new AssertionError("an agent starts no jobs");
                  }),
          LocalKeys.inMemory(),
          coordinator,
          time);
  private final SignedInbox inbox = new SignedInbox(ports, federation.authority(), new Seen());

  @Test
  void taskThatTheFederationSigned_isTaken() {
    publish(federation);

    assertThat(inbox.read(message(coordinator, Kind.TASK, task(1, SIGNED)), "queue").round())
        .isEqualTo(1);
  }

  @Test
  void taskThatNobodySigned_isRefused() {
    publish(federation);

    refused(ErrorCode.SIGNATURE_MISSING, () -> inbox.read(Json.write(task(1, SIGNED)), "queue"));
  }

  @Test
  void taskThatSomebodyElseSigned_isRefused() {
    publish(federation);
    TestFederation other = new TestFederation(time.instant());

    read(ErrorCode.CERTIFICATE_ROLE, federation.signer("north", Role.MEMBER), Kind.TASK);
    read(ErrorCode.CERTIFICATE_UNTRUSTED, other.signer("coordinator", Role.COORDINATOR), Kind.TASK);
    read(ErrorCode.SIGNATURE_INVALID, coordinator, Kind.LEDGER);
  }

  @Test
  void taskThatWasChanged_isRefused() {
    publish(federation);
    String message = message(coordinator, Kind.TASK, task(1, SIGNED));

    refused(
        ErrorCode.SIGNATURE_INVALID,
        () -> inbox.read(message.replace("\\\"round\\\":1", "\\\"round\\\":2"), "queue"));
  }

  @Test
  void certificatesThatAreNoLongerGood_areRefused() {
    federation.revoke(coordinator);
    publish(federation);
    read(ErrorCode.CERTIFICATE_REVOKED, coordinator, Kind.TASK);

    KeySigner old = federation.signer("coordinator", Role.COORDINATOR);
    time.advance(Duration.ofDays(2));
    read(ErrorCode.CERTIFICATE_EXPIRED, old, Kind.TASK);
  }

  @Test
  void withoutAListOfRevokedCertificates_nothingIsTaken() {
    read(ErrorCode.CERTIFICATE_UNTRUSTED, coordinator, Kind.TASK);

    publish(federation);
    time.advance(Duration.ofDays(8));
    KeySigner later = federation.signer("coordinator", Role.COORDINATOR, time.instant());
    read(ErrorCode.CERTIFICATE_UNTRUSTED, later, Kind.TASK);
  }

  @Test
  void jobThatTakesUnsignedUpdates_isRefused() {
    publish(federation);

    refused(
        ErrorCode.SIGNATURE_MISSING,
        () -> inbox.read(message(coordinator, Kind.TASK, task(1, Trust.NONE)), "queue"));
  }

  @Test
  void taskOfAnEarlierRound_isRefused() {
    publish(federation);
    inbox.read(message(coordinator, Kind.TASK, task(2, SIGNED)), "queue");

    refused(
        ErrorCode.TASK_ROLLED_BACK,
        () -> inbox.read(message(coordinator, Kind.TASK, task(1, SIGNED)), "queue"));
  }

  @Test
  void modelThatTheTaskNames_isTaken() {
    put(Safetensors.write(LAYOUT, Map.of("any", "thing"), PARAMETERS));

    assertThat(model().hasRemaining()).isTrue();
  }

  @Test
  void otherParameters_areNoModel() {
    put(Safetensors.write(LAYOUT, Map.of(), new float[] {1, 3}));

    refused(ErrorCode.MODEL_UNTRUSTED, this::model);
  }

  /// The same bytes under the same names would be another model.
  @Test
  void sameParametersInAnotherOrder_areNoModel() {
    List<TensorSpec> tensors = LAYOUT.tensors();
    put(Safetensors.write(new Layout(tensors.reversed()), Map.of(), PARAMETERS));

    refused(ErrorCode.MODEL_UNTRUSTED, this::model);
  }

  @Test
  void whatIsNoModel_isNone() {
    put(ByteBuffer.wrap(new byte[100]));

    refused(ErrorCode.MODEL_UNTRUSTED, this::model);
  }

  private void read(ErrorCode code, KeySigner signer, Kind kind) {
    refused(code, () -> inbox.read(message(signer, kind, task(1, SIGNED)), "queue"));
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RengoException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static String message(KeySigner signer, Kind kind, Task task) {
    return Json.write(signer.sign(kind, Json.write(task)));
  }

  private void publish(TestFederation authority) {
    try {
      String list = Pem.write("X509 CRL", authority.list().getEncoded());
      objects.putOnce(TrustKeys.REVOKED, ByteBuffer.wrap(list.getBytes(StandardCharsets.US_ASCII)));
    } catch (CRLException e) {
      throw new IllegalStateException(e);
    }
  }

  private ByteBuffer model() {
    return new ModelSource(objects, new MemoryModel()).file(task(1, SIGNED), LAYOUT);
  }

  private void put(ByteBuffer model) {
    objects.putOnce(new ObjectKeys("j").model(0), model);
  }

  private Task task(int round, Trust trust) {
    ByteBuffer file = Safetensors.write(LAYOUT, Map.of(), PARAMETERS);
    long shard = SPEC.aggregation().shardBytes();
    String hash = ModelHash.of(file.slice(file.limit() - 8, 8), shard);
    return new Task(
        Task.VERSION,
        "test",
        "j",
        round,
        "north",
        Purpose.TRAIN,
        new ModelRef(0, new ObjectKeys("j").model(0), file.limit(), LAYOUT.hash(), hash),
        SPEC.model(),
        SPEC.training(),
        new UpdateSpec(SPEC.algorithm(), SPEC.encoding(), 0),
        1,
        time.instant().plusSeconds(60),
        3,
        shard,
        trust,
        Optional.empty());
  }
}
