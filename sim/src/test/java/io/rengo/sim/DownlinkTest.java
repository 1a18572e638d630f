package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.agent.ModelSource;
import io.rengo.agent.state.FolderModel;
import io.rengo.agent.state.KeptModel;
import io.rengo.core.Layout;
import io.rengo.core.ModelHash;
import io.rengo.core.Safetensors;
import io.rengo.protocol.Downlink;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Progress;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Task;
import io.rengo.protocol.Trust;
import io.rengo.protocol.UpdateSpec;
import io.rengo.protocol.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Models that come as what changed.
class DownlinkTest {
  private static final String JOB = "digits";
  private static final ObjectKeys KEYS = new ObjectKeys(JOB);
  private static final String ROUNDS = "rounds: {count: 4, quorum: 5, deadline: 5m}";
  private static final JobSpec SPEC =
      JobFile.parse(Digits.file("downlink: delta, " + ROUNDS), "digits");
  private static final Layout LAYOUT = SPEC.model().layout();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"'encoding: {kind: float32}', 0.95", "'encoding: {kind: top-k, share: 0.01}', 0.25"})
  void jobGivesTheSameModelOverFewerBytes(String encoding, double share) {
    List<Long> changes = new ArrayList<>();
    ModelRef delta =
        run(
            encoding + ", downlink: delta, " + ROUNDS,
            store -> {
              for (int version = 1; version <= 4; version++) {
                changes.add(
                    store.head(KEYS.modelDelta(version, 0)).map(ObjectInfo::size).orElseThrow());
              }
            });
    ModelRef full =
        run(
            encoding + ", " + ROUNDS,
            store -> assertThat(store.head(KEYS.modelDelta(1, 0))).isEmpty());

    assertThat(delta.hash()).isEqualTo(full.hash());
    assertThat(changes).allMatch(bytes -> bytes < share * full.size());
  }

  @Test
  void memberThatHasTheModelBeforeFetchesTheChangeAlone() {
    run(
        "downlink: delta, " + ROUNDS,
        store -> {
          KeptModel kept = new FolderModel(folder);
          Reads first = new Reads(store);
          float[] one = new ModelSource(first.store, kept).fetch(task(store, 1), LAYOUT);
          assertThat(first.keys).containsExactly(KEYS.model(1));

          Reads second = new Reads(store);
          float[] three =
              new ModelSource(second.store, new FolderModel(folder)).fetch(task(store, 3), LAYOUT);

          assertThat(one).isEqualTo(published(store, 1));
          assertThat(three).isEqualTo(published(store, 3));
          assertThat(second.keys).containsExactly(KEYS.modelDelta(2, 0), KEYS.modelDelta(3, 0));
          assertThat(folder.resolve(JOB)).isDirectoryContaining("glob:**/model-000003.f32");
          assertThat(folder.resolve(JOB).toFile().list()).hasSize(1);
        });
  }

  @Test
  void whatIsNotTheModelBeforeCostsAWholeModelAndNothingElse() {
    run(
        "downlink: delta, " + ROUNDS,
        store -> {
          fetched(store, 2);
          Path kept = folder.resolve(JOB).resolve("model-000002.f32");
          write(kept, new byte[Math.toIntExact(LAYOUT.size() * Float.BYTES)]);
          assertThat(fetched(store, 3)).contains(KEYS.model(3));

          write(folder.resolve(JOB).resolve("model-000003.f32"), new byte[3]);
          assertThat(fetched(store, 4)).containsExactly(KEYS.model(4));
        });
  }

  @Test
  void changeThatIsLostOrBrokenCostsAWholeModelAndNothingElse() {
    run(
        "downlink: delta, " + ROUNDS,
        store -> {
          fetched(store, 1);
          store.delete(KEYS.modelDelta(2, 0));
          assertThat(fetched(store, 2)).contains(KEYS.model(2));

          store.delete(KEYS.modelDelta(3, 0));
          store.putOnce(KEYS.modelDelta(3, 0), ByteBuffer.wrap(new byte[] {1, 2, 3}));
          assertThat(fetched(store, 3)).contains(KEYS.model(3));
        });
  }

  @Test
  void memberThatIsFarBehindFetchesTheWholeModel() {
    run(
        "downlink: delta, rounds: {count: 6, quorum: 5, deadline: 5m}",
        store -> {
          fetched(store, 1);
          assertThat(fetched(store, 6)).containsExactly(KEYS.model(6));
        });
  }

  /// The keys that a member with this folder reads for a version, which it then has.
  private List<String> fetched(ObjectStore store, int version) {
    Reads reads = new Reads(store);
    float[] model =
        new ModelSource(reads.store, new FolderModel(folder)).fetch(task(store, version), LAYOUT);
    assertThat(model).isEqualTo(published(store, version));
    return reads.keys;
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] published(ObjectStore store, int version) {
    return Safetensors.read(store.get(KEYS.model(version)).orElseThrow().content(), LAYOUT);
  }

  private static Task task(ObjectStore store, int version) {
    ByteBuffer file = store.get(KEYS.model(version)).orElseThrow().content();
    int bytes = Math.toIntExact(LAYOUT.size() * Float.BYTES);
    long shard = SPEC.aggregation().shardBytes();
    String hash = ModelHash.of(file.slice(file.limit() - bytes, bytes), shard);
    return new Task(
        Task.VERSION,
        "test",
        JOB,
        version + 1,
        "member-001",
        Purpose.TRAIN,
        new ModelRef(version, KEYS.model(version), file.limit(), LAYOUT.hash(), hash),
        SPEC.model(),
        SPEC.training(),
        new UpdateSpec(SPEC.algorithm(), SPEC.encoding(), 0),
        5,
        Instant.MAX,
        5,
        shard,
        Trust.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Downlink.DELTA,
        Optional.empty());
  }

  private interface Look {
    void at(ObjectStore store);
  }

  private static ModelRef run(String sections, Look look) {
    JobSpec spec = JobFile.parse(Digits.file(sections), "digits");
    List<RoundReport> reports = new ArrayList<>();
    try (Simulation simulation = new Simulation(Digits.config(spec, Optional.empty()))) {
      Workflow.Status status =
          simulation.run(
              JOB, Json.MAPPER.createObjectNode().set("file", Digits.file(sections)), reports::add);
      assertThat(status).isInstanceOf(Workflow.Status.Succeeded.class);
      Ports ports = simulation.ports();
      look.at(ports.objects());
      return Json.read(
              ports.records().get(RecordKeys.job(JOB)).orElseThrow().json(),
              Progress.class,
              "progress")
          .model();
    }
  }

  /// A copy of a store that tells what is read of it.
  private static final class Reads {
    private final List<String> keys = new ArrayList<>();
    private final ObjectStore store;

    Reads(ObjectStore from) {
      store =
          (ObjectStore)
              Proxy.newProxyInstance(
                  ObjectStore.class.getClassLoader(),
                  new Class<?>[] {ObjectStore.class},
                  (proxy, method, arguments) -> {
                    keys.add((String) arguments[0]);
                    return method.invoke(from, arguments);
                  });
    }
  }
}
