package io.rengo.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.core.FormatException;
import io.rengo.core.SplitMix64;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncodingTest {
  private static final int SIZE = 150_001;

  static Stream<Encoding> all() {
    return Stream.of(
        new Float32(),
        new Bfloat16(),
        new Int8(1024),
        new Int8(100),
        new TopK(0.01),
        new TopK(0.5),
        new RandomK(0.02),
        new Sign(1000));
  }

  static Stream<Encoding> keepingErrors() {
    return all().filter(Encoding::keepsError);
  }

  @ParameterizedTest
  @MethodSource("all")
  void payloadIsASafetensorsFileWithTheFramesTensors(Encoding encoding) {
    Encoded encoded = Encoded.of(encoding, gaussian(1, SIZE));

    assertThat(encoded.file().remaining()).isEqualTo(encoded.file().capacity());
    assertThat(encoded.header().entries())
        .isEqualTo(encoding.frame(Encoded.layout(SIZE)).entries());
    assertThat(encoded.header().dataOffset()).isEqualTo(encoded.dataOffset());
    encoding.check(SIZE, encoded.data());
  }

  @ParameterizedTest
  @MethodSource("all")
  void anyRangeReadAloneIsThatOfTheWhole(Encoding encoding) {
    Encoded encoded = Encoded.of(encoding, gaussian(2, SIZE));
    float[] whole = encoded.decode();

    for (int begin : new int[] {0, 1, 3, 1023, 65_535, 65_536, 131_072, SIZE - 1}) {
      for (int length : new int[] {1, 7, 4096, 70_000}) {
        int end = Math.min(SIZE, begin + length);
        assertThat(encoded.decode(begin, end - begin))
            .isEqualTo(Arrays.copyOfRange(whole, begin, end));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("keepingErrors")
  void whatWasSentAndTheErrorAddUpToWhatWasGiven(Encoding encoding) {
    double[] error = new double[SIZE];
    double[] given = new double[SIZE];
    double[] sent = new double[SIZE];
    for (int round = 0; round < 5; round++) {
      float[] values = gaussian(round, SIZE);
      add(given, values);
      add(sent, Encoded.of(encoding, values, error, Encoded.SEEDS).decode());
    }

    add(sent, error);
    assertThat(largestDifference(sent, given)).isLessThan(1e-12);
  }

  @Test
  void int8IsWithinItsScaleAndRightInTheMean() {
    float[] values = gaussian(3, 64);
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    double scale = largest / 127 * (1 + 1e-6);
    double[] mean = new double[values.length];
    int draws = 4000;
    double furthest = 0;
    for (int draw = 0; draw < draws; draw++) {
      float[] decoded =
          Encoded.of(new Int8(64), values, new double[0], new Encoding.Seeds(draw, 0)).decode();
      for (int i = 0; i < mean.length; i++) {
        furthest = Math.max(furthest, Math.abs(decoded[i] - values[i]));
        mean[i] += decoded[i] / draws;
      }
    }
    assertThat(furthest).isLessThan(scale);
    for (int i = 0; i < mean.length; i++) {
      assertThat(Math.abs(mean[i] - values[i])).isLessThan(5 * scale / 2 / Math.sqrt(draws));
    }
  }

  @Test
  void int8OfZerosIsZero() {
    assertThat(Encoded.of(new Int8(16), new float[40]).decode()).containsOnly(0);
  }

  @Test
  void bfloat16RoundsToNearestEven() {
    assertThat(Bfloat16.round(1f)).isEqualTo((short) 0x3F80);
    assertThat(Bfloat16.round(Float.intBitsToFloat(0x3F808000))).isEqualTo((short) 0x3F80);
    assertThat(Bfloat16.round(Float.intBitsToFloat(0x3F818000))).isEqualTo((short) 0x3F82);
    assertThat(Bfloat16.round(Float.intBitsToFloat(0x3F808001))).isEqualTo((short) 0x3F81);
    assertThat(Bfloat16.round(Float.intBitsToFloat(0x7F800001))).isEqualTo((short) 0x7FC0);
    assertThat(Bfloat16.round(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xFF80);
  }

  @Test
  void topKSendsTheLargestAndOfEqualOnesTheFirst() {
    float[] decoded =
        Encoded.of(new TopK(0.3), new float[] {1, -2, 2, 0, 2, -3, 0, 0, 1, 2}).decode();

    assertThat(decoded).containsExactly(0, -2, 2, 0, 0, -3, 0, 0, 0, 0);
  }

  @Test
  void randomKSendsTheSamePlacesForAll() {
    float[] first = Encoded.of(new RandomK(0.1), filled(1)).decode();
    float[] second = Encoded.of(new RandomK(0.1), filled(2)).decode();

    for (int i = 0; i < SIZE; i++) {
      first[i] *= 2;
    }
    assertThat(second).isEqualTo(first);
    assertThat(sum(first) / 2).isBetween(0.1 * SIZE, 0.1 * SIZE + 3);
  }

  @Test
  void signsOfZeroAreZero() {
    assertThat(Encoded.of(new Sign(16), new float[] {2, 0, -4, 0, 0, 0}).decode())
        .containsExactly(1, 0, -1, 0, 0, 0);
  }

  @Test
  void topKWithIndicesOutOfOrderIsRefused() {
    Encoded encoded = Encoded.of(new TopK(0.01), gaussian(4, SIZE));
    int indices = encoded.file().limit() - Short.BYTES * 1501;
    encoded.file().order(ByteOrder.LITTLE_ENDIAN).putShort(indices + 2, (short) 0);

    assertThatThrownBy(() -> encoded.encoding().check(SIZE, encoded.data()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("index 0 comes after");
  }

  @Test
  void topKWithCountsThatFallIsRefusedByCheckAndByDecoding() {
    Encoded encoded = Encoded.of(new TopK(0.01), gaussian(4, SIZE));
    encoded.file().order(ByteOrder.LITTLE_ENDIAN).putInt(encoded.dataOffset() + 4, -9);

    assertThatThrownBy(() -> encoded.encoding().check(SIZE, encoded.data()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("a count is -9");
    assertThatThrownBy(() -> encoded.decode(0, 10)).isInstanceOf(FormatException.class);
  }

  @Test
  void scaleThatIsNoNumberIsRefused() {
    Encoded encoded = Encoded.of(new Int8(1024), gaussian(5, SIZE));
    encoded.file().order(ByteOrder.LITTLE_ENDIAN).putFloat(encoded.dataOffset() + 4, Float.NaN);

    assertThatThrownBy(() -> encoded.encoding().check(SIZE, encoded.data()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("byte 4: a block has the scale NaN");
  }

  @Test
  void ringElementsAddUpAcrossZero() {
    FixedPoint ring = new FixedPoint(1 << 12, 4, 20);
    long sum = ring.nearest(-1.5) + ring.nearest(0.25) + ring.nearest(-9);

    assertThat(ring.value(sum)).isEqualTo(-5.25);
  }

  private static float[] gaussian(long seed, int size) {
    SplitMix64 random = SplitMix64.derive(seed, "codec");
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] filled(float value) {
    float[] values = new float[SIZE];
    Arrays.fill(values, value);
    return values;
  }

  private static double largestDifference(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private static void add(double[] sum, float[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }

  private static void add(double[] sum, double[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }
}
