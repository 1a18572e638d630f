package io.rengo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static final TensorSpec KERNEL = new TensorSpec("kernel", List.of(3, 2));
  private static final TensorSpec BIAS = new TensorSpec("bias", List.of(2));
  private static final TensorSpec SCALE = new TensorSpec("scale", List.of());

  @Test
  void offsets_followTheOrder() {
    var layout = new Layout(List.of(KERNEL, BIAS, SCALE));

    assertThat(layout.size()).isEqualTo(9);
    assertThat(layout.offset(0)).isZero();
    assertThat(layout.offset(1)).isEqualTo(6);
    assertThat(layout.offset(2)).isEqualTo(8);
  }

  @Test
  void size_countsBeyondAnInt() {
    var layout = new Layout(List.of(new TensorSpec("x", List.of(1 << 20, 1 << 20)), BIAS));

    assertThat(layout.size()).isEqualTo((1L << 40) + 2);
    assertThat(layout.offset(1)).isEqualTo(1L << 40);
  }

  @Test
  void hash_isPinned_andDiffersWithOrderNameAndShape() {
    String hash = new Layout(List.of(KERNEL, BIAS)).hash();

    assertThat(hash).isEqualTo("c95887c2091d62bf4beb30b91c88c3e06588ce1632fcddbb797f8d357475bd4a");
    assertThat(new Layout(List.of(BIAS, KERNEL)).hash()).isNotEqualTo(hash);
    assertThat(new Layout(List.of(new TensorSpec("kernel", List.of(2, 3)), BIAS)).hash())
        .isNotEqualTo(hash);
    assertThat(new Layout(List.of(new TensorSpec("Kernel", List.of(3, 2)), BIAS)).hash())
        .isNotEqualTo(hash);
  }

  @Test
  void hash_cannotBeForgedByNames() {
    var two = new Layout(List.of(new TensorSpec("a", List.of(1)), new TensorSpec("b", List.of(1))));
    var one = new Layout(List.of(new TensorSpec("a [1]\n1:b", List.of(1))));

    assertThat(one.hash()).isNotEqualTo(two.hash());
  }

  @Test
  void whatIsNoModel_isRefused() {
    assertThatThrownBy(() -> new Layout(List.of())).hasMessageContaining("at least one tensor");
    assertThatThrownBy(() -> new Layout(List.of(BIAS, BIAS)))
        .hasMessage("tensor bias appears twice");
    assertThatThrownBy(() -> new TensorSpec(" ", List.of())).hasMessage("tensor name is blank");
    assertThatThrownBy(() -> new TensorSpec("x", List.of(2, 0)))
        .hasMessage("tensor x has dimension 0");
    assertThatThrownBy(() -> new TensorSpec("x", List.of(1 << 30, 1 << 30, 1 << 30)))
        .hasMessageStartingWith("tensor x has more than 1099511627776 elements");
  }
}
