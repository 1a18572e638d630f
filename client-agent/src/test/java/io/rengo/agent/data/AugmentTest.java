package io.rengo.agent.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.agent.Augmentation;
import io.rengo.agent.Examples;
import io.rengo.protocol.RengoException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentTest {
  @Test
  void flip_mirrorsHalfOfTheImages() {
    Examples images = repeated(1_000, 1, 2, 3, 4, 5, 6);
    Examples changed = new Augment(List.of(1, 2, 3), true, 0, 0).of(6).apply(images, 1, 0);
    int mirrored = 0;
    for (int i = 0; i < 1_000; i++) {
      float[] row = Arrays.copyOfRange(changed.features(), 6 * i, 6 * i + 6);
      if (row[0] == 3) {
        assertThat(row).containsExactly(3, 2, 1, 6, 5, 4);
        mirrored++;
      } else {
        assertThat(row).containsExactly(1, 2, 3, 4, 5, 6);
      }
    }
    assertThat(mirrored).isBetween(430, 570);
  }

  @Test
  void shift_movesEveryChannelAndFillsWithZero() {
    Examples images = repeated(500, 1, 2, 3, 4, 5, 6, 7, 8);
    Examples changed = new Augment(List.of(2, 2, 2), false, 1, 0).of(8).apply(images, 1, 0);
    Set<List<Float>> seen = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      Float[] row = new Float[8];
      for (int j = 0; j < 8; j++) {
        row[j] = changed.features()[8 * i + j];
      }
      seen.add(List.of(row));
    }
    assertThat(seen)
        .hasSize(9)
        .contains(
            List.of(1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f),
            List.of(0f, 0f, 1f, 2f, 0f, 0f, 5f, 6f),
            List.of(2f, 0f, 4f, 0f, 6f, 0f, 8f, 0f));
  }

  @Test
  void noise_hasItsDeviation() {
    Examples changed =
        new Augment(List.of(1, 1, 1), false, 0, 0.5).of(1).apply(repeated(20_000, 3), 1, 0);
    double squares = 0;
    for (float x : changed.features()) {
      squares += (x - 3) * (x - 3);
    }
    assertThat(Math.sqrt(squares / 20_000)).isBetween(0.48, 0.52);
  }

  @Test
  void draws_dependOnSeedAndEpoch() {
    Augmentation augmentation = new Augment(List.of(1, 1, 2), false, 0, 1).of(2);
    Examples images = repeated(3, 1, 2);
    assertThat(augmentation.apply(images, 1, 1).features())
        .isEqualTo(augmentation.apply(images, 1, 1).features())
        .isNotEqualTo(augmentation.apply(images, 1, 2).features())
        .isNotEqualTo(augmentation.apply(images, 2, 1).features());
    assertThat(images.features()).isEqualTo(repeated(3, 1, 2).features());
  }

  @Test
  void otherShape_isRefused() {
    assertThatThrownBy(() -> new Augment(List.of(1, 2, 3), true, 0, 0).of(8))
        .isInstanceOf(RengoException.class)
        .hasMessageContaining("do not have 8 features");
  }

  private static Examples repeated(int count, float... row) {
    float[] features = new float[count * row.length];
    for (int i = 0; i < features.length; i++) {
      features[i] = row[i % row.length];
    }
    return new Examples(count, row.length, features, new float[count]);
  }
}
