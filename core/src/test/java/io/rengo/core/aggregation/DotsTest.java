package io.rengo.core.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DotsTest {
  @Test
  void vectors_and_plain_loops_give_the_same_bits() {
    Random random = new Random(3);
    double[][] x = new double[12][64];
    for (double[] row : x) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    double[][] plain = new double[12][12];
    double[][] vectors = new double[12][12];
    new PlainDots().add(x, 12, 64, plain);
    new VectorDots().add(x, 12, 64, vectors);
    for (int i = 0; i < 12; i++) {
      assertThat(Arrays.copyOf(vectors[i], i + 1)).containsExactly(Arrays.copyOf(plain[i], i + 1));
      assertThat(plain[i][i]).isPositive();
    }
  }
}
