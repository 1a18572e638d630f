package io.rengo.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rengo.core.MetricSums;
import io.rengo.identity.Keys;
import io.rengo.identity.Request;
import io.rengo.identity.Subject;
import io.rengo.identity.TestFederation;
import io.rengo.protocol.Approval;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.Task;
import io.rengo.protocol.TaskQueue;
import io.rengo.protocol.Trust;
import io.rengo.protocol.UpdateManifest;
import io.rengo.protocol.UpdateSpec;
import io.rengo.protocol.access.MemberAnswer;
import io.rengo.protocol.access.MemberRequest;
import io.rengo.protocol.audit.Page;
import io.rengo.protocol.trust.KeySigner;
import io.rengo.protocol.trust.Kind;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Role;
import io.rengo.protocol.trust.Signed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What members, operators and the federation write to each other.
final class Messages {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String HASH = "ab".repeat(32);
  private static final TestFederation FEDERATION = new TestFederation(NOW);
  private static final KeySigner MEMBER = FEDERATION.signer("north", Role.MEMBER);

  private Messages() {}

  static List<ByteBuffer> manifests() {
    return List.of(manifest(Optional.empty()), manifest(Optional.of(0.5)));
  }

  private static ByteBuffer manifest(Optional<Double> epsilon) {
    return Json.bytes(
        new UpdateManifest(
            1,
            "job",
            3,
            "north",
            2,
            HASH,
            Optional.of(new UpdateManifest.Payload(HASH, 100)),
            10,
            2,
            0.5,
            new MetricSums(2, 0.5, 0, new long[][] {{1, 0}, {0, 1}}),
            1.5,
            epsilon,
            Optional.empty(),
            Optional.of(new Approval(HASH, NOW)),
            epsilon.map(spent -> ErrorCode.POLICY_REFUSED)));
  }

  static List<ByteBuffer> tasks() {
    return jobFiles().stream()
        .map(file -> Json.bytes(task(JobFile.parse(UTF_8.decode(file).toString(), "fuzz"))))
        .toList();
  }

  private static Task task(JobSpec job) {
    return new Task(
        Task.VERSION,
        "fed",
        "job",
        3,
        "north",
        Purpose.TRAIN,
        new ModelRef(2, "jobs/job/models/2.safetensors", 100, HASH, HASH),
        job.model(),
        job.training(),
        new UpdateSpec(job.algorithm(), job.encoding(), 1),
        7,
        NOW,
        5,
        job.aggregation().shardBytes(),
        new Trust(true, true),
        job.privacy());
  }

  static List<ByteBuffer> signed() {
    return List.of(Json.bytes(MEMBER.sign(Kind.UPDATE, "{}")));
  }

  static void readSigned(ByteBuffer in) {
    FEDERATION
        .verifier()
        .verify(Json.read(in, Signed.class, "fuzz"), Kind.UPDATE, Role.MEMBER, NOW);
  }

  static List<ByteBuffer> pages() {
    return List.of(
        Json.bytes(
            new Page(
                1,
                "job",
                0,
                "",
                NOW,
                Page.What.STARTED,
                Json.MAPPER.createObjectNode().put("a", 1))));
  }

  static List<ByteBuffer> jobFiles() {
    return files("protocol/src/test/resources/jobs/good");
  }

  static List<ByteBuffer> certificates() {
    try {
      return List.of(text(Pem.write("CERTIFICATE", MEMBER.certificate().getEncoded())));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<ByteBuffer> revocations() {
    FEDERATION.revoke(FEDERATION.signer("south", Role.MEMBER));
    try {
      return List.of(text(Pem.write("X509 CRL", FEDERATION.list().getEncoded())));
    } catch (CRLException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<ByteBuffer> requests() {
    Subject subject = new Subject("north", Role.MEMBER, "North Hospital");
    return List.of(text(Request.make(subject, Keys.make(new SecureRandom())).pem()));
  }

  static List<ByteBuffer> objectKeys() {
    ObjectKeys keys = new ObjectKeys("job-1");
    return Stream.of(keys.manifest(2, "north"), keys.payload(2, "north", HASH), keys.plan(1, 0))
        .map(Messages::text)
        .toList();
  }

  static List<ByteBuffer> memberRequests() {
    return Stream.of(
            new MemberRequest.Receive(60),
            new MemberRequest.Extend("receipt", 60),
            new MemberRequest.Delete("receipt"),
            new MemberRequest.Read("federation/crl.pem"),
            new MemberRequest.Put("jobs/job/models/000001.safetensors", 100, HASH))
        .map(ask -> Json.bytes(new MemberRequest(1, "fed", NOW, ask)))
        .toList();
  }

  static List<ByteBuffer> memberAnswers() {
    return Stream.of(
            new MemberAnswer.Tasks(List.of(new TaskQueue.Delivery("{}", "receipt", 1))),
            new MemberAnswer.Done(),
            new MemberAnswer.Linked(
                new ObjectStore.Link(
                    URI.create("https://bucket/key?X-Amz-Expires=60"),
                    Map.of("if-none-match", "*"))),
            new MemberAnswer.Refused(ErrorCode.ACCESS_DENIED, "what", "where", "mend"))
        .map(Json::bytes)
        .toList();
  }

  private static List<ByteBuffer> files(String folder) {
    Path path = Path.of(System.getProperty("rengo.root", "..")).resolve(folder);
    try (Stream<Path> files = Files.list(path)) {
      return files.sorted().map(Messages::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer read(Path file) {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
