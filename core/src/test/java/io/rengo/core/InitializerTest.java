package io.rengo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rengo.core.Initializer.Scheme;
import io.rengo.core.Initializer.Scheme.Glorot;
import io.rengo.core.Initializer.Scheme.He;
import io.rengo.core.Initializer.Scheme.Normal;
import io.rengo.core.Initializer.Scheme.Zeros;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InitializerTest {
  private static final TensorSpec KERNEL = new TensorSpec("kernel", List.of(200, 100));
  private static final TensorSpec BIAS = new TensorSpec("bias", List.of(100));

  @Test
  void he_hasVarianceTwoOverFanIn() {
    float[] values = one(KERNEL, new He());

    assertThat(mean(values)).isCloseTo(0, within(0.003));
    assertThat(deviation(values)).isCloseTo(Math.sqrt(2.0 / 200), within(0.002));
    assertThat(largest(values)).isGreaterThan(0.3);
  }

  @Test
  void glorot_isUniformWithinItsLimit() {
    float[] values = one(KERNEL, new Glorot());
    double limit = Math.sqrt(6.0 / 300);

    assertThat(largest(values)).isBetween(limit * 0.999, limit);
    assertThat(mean(values)).isCloseTo(0, within(0.003));
    assertThat(deviation(values)).isCloseTo(limit / Math.sqrt(3), within(0.002));
  }

  @Test
  void normal_hasItsDeviation() {
    assertThat(deviation(one(KERNEL, new Normal(0.02)))).isCloseTo(0.02, within(0.0004));
    assertThatThrownBy(() -> new Normal(0)).hasMessage("std is 0.0, it must be above 0");
  }

  @Test
  void piecesOfAnySizeAreTheSameParameters() {
    Layout layout = new Layout(List.of(KERNEL, BIAS, new TensorSpec("last", List.of(7, 3))));
    List<Scheme> schemes = List.of(new He(), new Zeros(), new Glorot());
    float[] whole = Initializer.parameters(layout, schemes, 5);
    for (int size : new int[] {1_000, 20_050, 20_121}) {
      Initializer.Pieces pieces = Initializer.pieces(layout, schemes, 5);
      for (int begin = 0; begin < whole.length; begin += size) {
        float[] piece = new float[Math.min(size, whole.length - begin)];
        pieces.next(piece);
        assertThat(piece).isEqualTo(Arrays.copyOfRange(whole, begin, begin + piece.length));
      }
    }
  }

  @Test
  void zeros_areZeros() {
    assertThat(one(BIAS, new Zeros())).containsOnly(0f);
  }

  @Test
  void fansOfFewDimensions_areOneWhereThereIsNone() {
    float[] vector = one(new TensorSpec("v", List.of(20_000)), new Glorot());
    float[] scalar = one(new TensorSpec("s", List.of()), new He());

    assertThat(largest(vector)).isCloseTo(Math.sqrt(6.0 / 20_001), within(1e-4));
    assertThat(scalar).hasSize(1);
  }

  @Test
  void convolutionKernels_haveTheProductOfTheOtherDimensionsAsFanOut() {
    float[] values = one(new TensorSpec("c", List.of(8, 20, 5, 5)), new Glorot());

    assertThat(largest(values)).isCloseTo(Math.sqrt(6.0 / (8 + 500)), within(1e-3));
  }

  @Test
  void parameters_lieInTheOrderOfTheLayout() {
    float[] both =
        Initializer.parameters(
            new Layout(List.of(BIAS, KERNEL)), List.of(new Zeros(), new He()), 7);

    assertThat(both).hasSize(20_100);
    assertThat(Arrays.copyOf(both, 100)).containsOnly(0f);
    assertThat(Arrays.copyOfRange(both, 100, 20_100)).isEqualTo(one(KERNEL, new He()));
  }

  @Test
  void parameters_areTheSameForASeed_andOthersForAnotherSeedOrName() {
    assertThat(one(KERNEL, new He())).isEqualTo(one(KERNEL, new He()));
    assertThat(one(KERNEL, new He(), 8)).isNotEqualTo(one(KERNEL, new He()));
    assertThat(one(new TensorSpec("other", KERNEL.shape()), new He()))
        .isNotEqualTo(one(KERNEL, new He()));
  }

  @Test
  void parameters_arePinned() {
    float[] values = one(new TensorSpec("kernel", List.of(2, 2)), new He());

    assertThat(values).containsExactly(0.0343952402f, -0.482437432f, 1.270877f, -0.00861786958f);
  }

  @Test
  void parameters_needASchemeForEachTensor() {
    assertThatThrownBy(() -> Initializer.parameters(new Layout(List.of(BIAS)), List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0 schemes for 1 tensors");
  }

  @Test
  void modelsThatDoNotFitIntoOneArray_areRefused() {
    var huge = new Layout(List.of(new TensorSpec("x", List.of(1 << 16, 1 << 16))));

    assertThatThrownBy(() -> Initializer.parameters(huge, List.of(new Zeros()), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("4294967296 parameters do not fit into one array");
  }

  private static float[] one(TensorSpec tensor, Scheme scheme) {
    return one(tensor, scheme, 7);
  }

  private static float[] one(TensorSpec tensor, Scheme scheme, long seed) {
    return Initializer.parameters(new Layout(List.of(tensor)), List.of(scheme), seed);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
