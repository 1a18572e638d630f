package io.rengo.agent.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.agent.state.MemoryState;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.core.TensorSpec;
import io.rengo.core.codec.Encoding;
import io.rengo.core.codec.TopK;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.Task;
import io.rengo.protocol.Trust;
import io.rengo.protocol.UpdateSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EncodeTest {
  private static final Layout LAYOUT = new Layout(List.of(new TensorSpec("w", List.of(4))));
  private static final Encoding ENCODING = new TopK(0.25);
  private final MemoryState state = new MemoryState();
  private final Encode encode = new Encode(state);

  @Test
  void whatWasLeftOutGoesWithTheNextUpdate() {
    assertThat(sent(1, 0, 4, 3, 1, 0)).containsExactly(4, 0, 0, 0);
    assertThat(sent(2, 1, 1, 0, 1, 0)).containsExactly(0, 3, 0, 0);
    assertThat(sent(3, 2, 0, 0, 1, 0)).containsExactly(0, 0, 3, 0);
  }

  @Test
  void updateThatDidNotCountLeavesItsErrorOut() {
    sent(1, 0, 4, 3, 1, 0);
    sent(2, 1, 0, 0, 9, 8);

    assertThat(sent(3, 1, 0, 0, 0, 0)).as("from round 1's").containsExactly(0, 3, 0, 0);
  }

  @Test
  void taskThatIsDoneTwiceSendsTheSameTwice() {
    sent(1, 0, 4, 3, 1, 0);

    assertThat(sent(2, 1, 1, 0, 1, 0)).isEqualTo(sent(2, 1, 1, 0, 1, 0));
  }

  @Test
  void memberThatNeverCountedBeginsWithoutError() {
    sent(1, 0, 4, 3, 1, 0);

    assertThat(sent(2, 0, 0, 0, 1, 0)).containsExactly(0, 0, 1, 0);
  }

  @Test
  void errorOfLongAgoIsForgotten() {
    sent(1, 0, 4, 3, 1, 0);

    assertThat(sent(1 + Encode.STALE, 1, 0, 0, 1, 0)).containsExactly(0, 3, 0, 0);
    assertThat(sent(2 + Encode.STALE, 1, 0, 0, 1, 0)).containsExactly(0, 0, 1, 0);
  }

  @Test
  void errorThatIsNoNumberIsNotKept() {
    sent(1, 0, Float.NaN, 3, 1, 0);

    assertThat(sent(2, 1, 0, 0, 1, 0)).containsExactly(0, 0, 1, 0);
  }

  private float[] sent(int round, int counted, float... delta) {
    ByteBuffer file = encode.encode(task(round, counted), LAYOUT, delta);
    int begin = (int) Safetensors.readHeader(file, file.remaining()).dataOffset();
    Encoding.Data data =
        (offset, length) -> file.slice(begin + (int) offset, length).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[delta.length];
    ENCODING
        .decode(delta.length, 0, data, 0, delta.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  private static Task task(int round, int counted) {
    JobSpec spec = JobFile.parse("model: {kind: mlp, layers: [1, 1]}", "job");
    return Json.read(
        Json.tree(
            new Task(
                Task.VERSION,
                "fed",
                "job",
                round,
                "ann",
                Purpose.TRAIN,
                new ModelRef(0, "key", 1, LAYOUT.hash(), "hash"),
                spec.model(),
                spec.training(),
                new UpdateSpec(spec.algorithm(), ENCODING, counted),
                round,
                Instant.EPOCH,
                1,
                1L << 26,
                Trust.NONE,
                Optional.empty())),
        Task.class,
        "test");
  }
}
