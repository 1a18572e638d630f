package io.rengo.trainer.dense;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelsTest {
  @Test
  void vectorApi_isUsedWhereItsModuleIsPresent() {
    assertThat(Kernels.best()).isInstanceOf(VectorKernels.class);
    assertThat(DenseTrainerProvider.kernels()).startsWith("Vector API");
  }

  @ParameterizedTest
  @CsvSource({"8, 1, 16", "16, 64, 32", "32, 300, 48", "8, 784, 128", "40, 17, 80"})
  void multiply_isTheProductAndTheSameBitsInBoth(int rows, int inner, int columns) {
    float[][] a = random(1, rows, Kernels.padded(inner, Kernels.ALIGNMENT));
    float[][] b = random(2, inner, columns);
    float[][] plain = random(3, rows, columns);
    float[][] vector = random(3, rows, columns);
    double expected = plain[rows - 1][columns - 1];
    for (int k = 0; k < inner; k++) {
      expected += (double) a[rows - 1][k] * b[k][columns - 1];
    }
    new PlainKernels().multiply(a, b, plain, rows, inner, columns);
    new VectorKernels().multiply(a, b, vector, rows, inner, columns);
    assertThat(vector).isDeepEqualTo(plain);
    assertThat((double) vector[rows - 1][columns - 1])
        .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-4));
  }

  @ParameterizedTest
  @CsvSource({"1, 8, 16", "32, 784, 128", "19, 64, 48", "6, 16, 32"})
  void multiplyTransposed_isTheProductAndTheSameBitsInBoth(int rows, int inner, int columns) {
    float[][] a = random(1, rows, inner);
    float[][] d = random(2, rows, columns);
    float[][] plain = random(3, inner, columns);
    float[][] vector = random(4, inner, columns);
    double expected = 0;
    for (int r = 0; r < rows; r++) {
      expected += (double) a[r][inner - 1] * d[r][columns - 1];
    }
    new PlainKernels().multiplyTransposed(a, d, plain, rows, inner, columns);
    new VectorKernels().multiplyTransposed(a, d, vector, rows, inner, columns);
    assertThat(vector).isDeepEqualTo(plain);
    assertThat((double) vector[inner - 1][columns - 1])
        .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-4));
  }

  private static float[][] random(long seed, int rows, int columns) {
    Random random = new Random(seed);
    float[][] matrix = new float[rows][columns];
    for (float[] row : matrix) {
      for (int i = 0; i < columns; i++) {
        row[i] = random.nextFloat() - 0.5f;
      }
    }
    return matrix;
  }
}
