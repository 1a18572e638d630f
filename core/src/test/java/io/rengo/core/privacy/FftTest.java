package io.rengo.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rengo.core.SplitMix64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FftTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 64})
  void forward_isTheDefinition_andInverseUndoesIt(int size) {
    SplitMix64 random = new SplitMix64(size);
    double[] x = random.doubles(size).toArray();
    double[] y = random.doubles(size).toArray();
    double[] re = x.clone();
    double[] im = y.clone();
    Fft fft = new Fft(size);
    fft.forward(re, im);
    for (int k = 0; k < size; k++) {
      double a = 0;
      double b = 0;
      for (int n = 0; n < size; n++) {
        double angle = -2 * Math.PI * k * n / size;
        a += x[n] * Math.cos(angle) - y[n] * Math.sin(angle);
        b += x[n] * Math.sin(angle) + y[n] * Math.cos(angle);
      }
      assertThat(re[k]).isCloseTo(a, within(1e-11));
      assertThat(im[k]).isCloseTo(b, within(1e-11));
    }
    fft.inverse(re, im);
    assertThat(re).containsExactly(x, within(1e-14));
    assertThat(im).containsExactly(y, within(1e-14));
  }

  @Test
  void size_isAPowerOfTwo() {
    assertThatThrownBy(() -> new Fft(12)).hasMessageContaining("power of two");
  }
}
