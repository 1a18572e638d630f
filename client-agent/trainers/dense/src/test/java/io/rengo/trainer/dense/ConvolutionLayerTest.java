package io.rengo.trainer.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionLayerTest {
  static Stream<Convolution> shapes() {
    return Stream.of(
        new Convolution(5, 7, 2, 3, 3, 1, 1),
        new Convolution(9, 8, 1, 17, 2, 2, 2),
        new Convolution(10, 10, 3, 4, 3, 1, 3),
        new Convolution(4, 4, 1, 1, 4, 1, 1));
  }

  /// Both kernels, against loops over rows, columns, filters, lines, pixels and channels.
  @ParameterizedTest
  @MethodSource("shapes")
  void values_areTheLargestProductsOfFiltersAndPatches(Convolution shape) {
    Random random = new Random(3);
    float[] parameters = values(random, shape.size());
    float[][] images = new float[8][];
    for (int r = 0; r < images.length; r++) {
      images[r] = values(random, Kernels.padded(shape.inputs(), Kernels.ALIGNMENT));
    }
    for (Kernels kernels : new Kernels[] {new PlainKernels(), new VectorKernels()}) {
      ConvolutionLayer layer = new ConvolutionLayer(shape, 3);
      layer.affine().load(parameters, 0);
      layer.forward(kernels, images, 3);
      for (int r = 0; r < 3; r++) {
        int at = 0;
        for (int top = 0; top < shape.high() / shape.pool(); top++) {
          for (int left = 0; left < shape.wide() / shape.pool(); left++) {
            for (int filter = 0; filter < shape.filters(); filter++) {
              assertThat((double) layer.values()[r][at++])
                  .isCloseTo(
                      largest(shape, parameters, images[r], top, left, filter), within(1e-5));
            }
          }
        }
        assertThat(at).isEqualTo(shape.outputs());
      }
    }
  }

  private static double largest(
      Convolution shape, float[] parameters, float[] image, int top, int left, int filter) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int y = top * shape.pool(); y < (top + 1) * shape.pool(); y++) {
      for (int x = left * shape.pool(); x < (left + 1) * shape.pool(); x++) {
        double sum = parameters[shape.patch() * shape.filters() + filter];
        int weight = 0;
        for (int line = 0; line < shape.kernel(); line++) {
          for (int pixel = 0; pixel < shape.kernel(); pixel++) {
            for (int channel = 0; channel < shape.channels(); channel++) {
              int row = y * shape.stride() + line;
              int column = x * shape.stride() + pixel;
              sum +=
                  (double) image[(row * shape.width() + column) * shape.channels() + channel]
                      * parameters[weight++ * shape.filters() + filter];
            }
          }
        }
        largest = Math.max(largest, sum);
      }
    }
    return largest;
  }

  private static float[] values(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
