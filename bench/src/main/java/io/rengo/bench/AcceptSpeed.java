package io.rengo.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.core.Layout;
import io.rengo.core.MetricSums;
import io.rengo.core.Safetensors;
import io.rengo.core.Sha256;
import io.rengo.core.seal.Sealer;
import io.rengo.lambdas.Demands;
import io.rengo.lambdas.Steps;
import io.rengo.local.LocalKeys;
import io.rengo.local.MemoryObjectStore;
import io.rengo.local.MemoryRecordStore;
import io.rengo.local.MemoryTaskQueue;
import io.rengo.local.Time;
import io.rengo.protocol.Federation;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import io.rengo.protocol.KeyContext;
import io.rengo.protocol.Keys;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RoundKey;
import io.rengo.protocol.RoundRecord;
import io.rengo.protocol.TrustKeys;
import io.rengo.protocol.UpdateManifest;
import io.rengo.protocol.UpdateManifest.Payload;
import io.rengo.protocol.Versions;
import io.rengo.protocol.Workflow;
import io.rengo.protocol.trust.Kind;
import io.rengo.sim.Identities;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CRLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `AcceptSpeed MEMBERS PARAMETERS TIMES`: how many updates AcceptUpdate counts in a second, in
/// batches of ten as the queue brings them, over ports in memory and in one thread: plain, sealed
/// by the key service, sealed to the round's key, and sealed and signed. Prints one JSON line of
/// medians.
public final class AcceptSpeed {
  private static final Federation FEDERATION = new Federation("bench");
  private static final String JOB = "accept";
  private static final ObjectKeys KEYS = new ObjectKeys(JOB);
  private static final int BATCH = 10;

  private enum Form {
    PLAIN,
    SEALED,
    SEALED_TO_ROUND,
    SEALED_AND_SIGNED
  }

  private AcceptSpeed() {}

  public static void main(String[] arguments) throws CRLException {
    List<String> members = Jobs.names(Integer.parseInt(arguments[0]));
    int parameters = Integer.parseInt(arguments[1]);
    int times = Integer.parseInt(arguments[2]);
    Identities identities = TrustRound.identities();
    Map<Form, List<Double>> speeds = new TreeMap<>();
    for (int i = -1; i < times; i++) {
      for (Form form : Form.values()) {
        double speed = new Run(form, identities, members, parameters).speed();
        if (i >= 0) {
          speeds.computeIfAbsent(form, fresh -> new ArrayList<>()).add(speed);
        }
      }
    }
    Map<String, Object> line = new TreeMap<>();
    line.put("members", members.size());
    line.put("parameters", parameters);
    speeds.forEach((form, all) ->
        line.put(form.name(), Math.round(all.stream().sorted().toList().get(times / 2))));
    System.out.println(Json.write(line));
  }

  /// One round that is open, and an update of each member in the store.
  private static final class Run {
    private final Form form;
    private final Identities identities;
    private final List<String> members;
    private final SecureRandom random = new SecureRandom();
    private final Ports ports;
    private final Steps steps;
    private final Layout layout;

    Run(Form form, Identities identities, List<String> members, int parameters) {
      this.form = form;
      this.identities = identities;
      this.members = members;
      Time time = Time.system();
      this.ports =
          new Ports(
              new MemoryObjectStore(),
              new MemoryTaskQueue(time),
              new MemoryRecordStore(time),
              (Workflow)
                  Proxy.newProxyInstance(
                      Workflow.class.getClassLoader(),
                      new Class<?>[] {Workflow.class},
                      (proxy, method, words) -> {
                        throw new IllegalStateException("nothing waits for this round");
                      }),
              LocalKeys.inMemory(),
              identities.coordinator(),
              time);
      boolean signed = form == Form.SEALED_AND_SIGNED;
      this.steps =
          new Steps(
              ports,
              FEDERATION,
              new Demands(
                  form != Form.PLAIN,
                  signed ? Optional.of(identities.authority()) : Optional.empty()),
              Versions.UNKNOWN,
              report -> {});
      String file =
          """
          model: {kind: tensors, tensors: [{name: w, shape: [%d], init: zeros}]}
          training: {trainer: dummy}
          rounds: {count: 1, quorum: 1, deadline: 1h}
          seed: 1
          """
              .formatted(parameters);
      this.layout = JobFile.parse(file, "job").model().layout();
      ports
          .objects()
          .putOnce(
              TrustKeys.REVOKED,
              ByteBuffer.wrap(identities.revoked().getBytes(StandardCharsets.US_ASCII)));
      ObjectNode start = Json.MAPPER.createObjectNode().put("job", JOB);
      start.putObject("input").put("file", file);
      start.set("members", Json.tree(members));
      steps.run("StartJob", start);
      steps.run(
          "SelectCohort",
          Json.MAPPER.createObjectNode().put("job", JOB).put("round", 1).put("purpose", "train"));
    }

    double speed() {
      List<JsonNode> batches = new ArrayList<>();
      RoundKey round = RoundKey.make(ports.keys(), KeyContext.ofRound(FEDERATION.name(), JOB, 1));
      for (int begin = 0; begin < members.size(); begin += BATCH) {
        ObjectNode batch = Json.MAPPER.createObjectNode();
        var records = batch.putArray("Records");
        for (String member : members.subList(begin, Math.min(members.size(), begin + BATCH))) {
          records.addObject().put("messageId", member).put("body", send(member, round));
        }
        batches.add(batch);
      }
      long from = System.nanoTime();
      batches.forEach(batch -> steps.run("AcceptUpdate", batch));
      double seconds = (System.nanoTime() - from) / 1e9;
      RoundRecord record =
          Json.read(
              ports.records().get(RecordKeys.round(JOB, 1)).orElseThrow().json(),
              RoundRecord.class,
              "round");
      if (record.accepted() != members.size()) {
        throw new IllegalStateException(form + ": " + record);
      }
      return members.size() / seconds;
    }

    /// Puts a member's update and returns S3's message of it.
    private String send(String member, RoundKey round) {
      ByteBuffer payload = payload(member, round);
      String hash = Sha256.hex(payload);
      ports.objects().putOnce(KEYS.payload(1, member, hash), payload, hash);
      String manifest =
          Json.write(
              new UpdateManifest(
                  UpdateManifest.VERSION,
                  JOB,
                  1,
                  member,
                  0,
                  layout.hash(),
                  Optional.of(new Payload(hash, payload.remaining())),
                  10,
                  1,
                  0.5,
                  MetricSums.ZERO,
                  1));
      ByteBuffer content =
          form == Form.SEALED_AND_SIGNED
              ? Json.bytes(identities.members().apply(member).sign(Kind.UPDATE, manifest))
              : ByteBuffer.wrap(manifest.getBytes(StandardCharsets.UTF_8));
      ports.objects().putOnce(KEYS.manifest(1, member), content);
      ObjectNode notice = Json.MAPPER.createObjectNode();
      ObjectNode event =
          notice.putArray("Records").addObject().put("eventName", "ObjectCreated:Put");
      event
          .putObject("s3")
          .putObject("object")
          .put("key", KEYS.manifest(1, member))
          .put("size", content.remaining())
          .put("eTag", hash);
      return notice.toString();
    }

    private ByteBuffer payload(String member, RoundKey round) {
      ByteBuffer plain = Safetensors.write(layout, Map.of(), new float[(int) layout.size()]);
      if (form == Form.PLAIN) {
        return plain;
      }
      KeyContext context = new KeyContext(FEDERATION.name(), JOB, 1, member);
      try (Keys.Fresh fresh =
          form == Form.SEALED_TO_ROUND
              ? round.generate(context, random)
              : ports.keys().generate(context)) {
        return Sealer.seal(plain, fresh.key(), fresh.wrapped(), context.bytes(), random);
      }
    }
  }
}
