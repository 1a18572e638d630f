package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rengo.core.Safetensors;
import io.rengo.core.privacy.Adjacency;
import io.rengo.core.privacy.PldAccountant;
import io.rengo.core.privacy.TreeCost;
import io.rengo.local.FolderObjectStore;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.PrivacySpec.Mechanism;
import io.rengo.protocol.RoundReport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// DP-FTRL by the real state machines and agents.
class TreeJobTest {
  private static final ObjectKeys KEYS = new ObjectKeys(TreeJob.JOB);
  static final int KILLED_ROUNDS = 4;

  @TempDir Path folder;

  private static float[] model(Ports ports, int version) {
    JobSpec spec = JobFile.parse(TreeJob.file(TreeJob.ROUNDS), "tree job");
    return Safetensors.read(
        ports.objects().get(KEYS.model(version)).orElseThrow().content(), spec.model().layout());
  }

  @Test
  void membersWhoTakeTurns_learnDigitsAtTheCostOfTheTree() {
    List<RoundReport> reports = new ArrayList<>();
    float[] last =
        TreeJob.run(
            TreeJob.ROUNDS,
            Optional.empty(),
            event -> {},
            reports::add,
            ports -> model(ports, TreeJob.ROUNDS));
    assertThat(Digits.accuracy(JobFile.parse(TreeJob.file(1), "tree job"), last))
        .isGreaterThan(0.8);
    assertThat(reports).hasSize(TreeJob.ROUNDS).allMatch(report -> report.accepted() == 0);
    var spent = reports.getLast().privacy().orElseThrow();
    double expected =
        new PldAccountant(Adjacency.ADD_REMOVE)
            .epsilon(List.of(new TreeCost(4, 4).rounds(TreeJob.ROUNDS, 1)), 5e-4);
    assertThat(spent.mechanism()).isEqualTo(Mechanism.TREE);
    assertThat(spent.epsilon()).isCloseTo(expected, within(0.01));
  }

  private ByteBuffer stored() {
    try (FolderObjectStore objects =
        new FolderObjectStore(folder.resolve("objects"), object -> {})) {
      return ByteBuffer.allocate(1 << 20)
          .put(objects.get(KEYS.noisy(3, 0)).orElseThrow().content())
          .flip();
    }
  }

  /// The noise of a round is there before its model is: who goes on takes it and draws no other.
  @Test
  void killedRun_goesOnWithTheNoiseThatWasDrawn() throws Exception {
    KilledSimulationTest.Run killed =
        KilledSimulationTest.run(folder.toString(), "PublishModel", "3", "tree");
    assertThat(killed.exit()).as(killed.output()).isEqualTo(137);
    ByteBuffer drawn = stored();
    TreeJob.run(
        KILLED_ROUNDS,
        Optional.of(folder),
        event -> {},
        report -> {},
        ports -> {
          float[] sum = model(ports, 0);
          float[] speed = new float[sum.length];
          for (int round = 1; round <= KILLED_ROUNDS; round++) {
            ByteBuffer stored = ports.objects().get(KEYS.noisy(round, 0)).orElseThrow().content();
            if (round == 3) {
              assertThat(stored).isEqualTo(drawn);
            }
            DoubleBuffer mean = stored.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
            for (int i = 0; i < sum.length; i++) {
              speed[i] = 0.5f * speed[i] + (float) mean.get(i);
              sum[i] += speed[i];
            }
          }
          assertThat(model(ports, KILLED_ROUNDS)).containsExactly(sum, within(1e-5f));
          return true;
        });
  }
}
