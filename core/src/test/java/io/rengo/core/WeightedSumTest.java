package io.rengo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedSumTest {
  /// More than two chunks, and not a multiple of one.
  private static final int LENGTH = 150_001;

  private static final double[] WEIGHTS = {3, 1, 0.25, 1000, 17};

  @Test
  void mean_weighsEachUpdate() {
    var sum = WeightedSum.zero(2);
    sum.add(3, new float[] {1, -2});
    sum.add(1, new float[] {5, 2});

    assertThat(sum.totalWeight()).isEqualTo(4);
    assertThat(sum.mean()).containsExactly(2, -1);
  }

  @Test
  void mean_agreesWithTheDefinition_acrossChunks() {
    float[][] updates = updates();

    double[] mean = whole(updates).mean();

    for (int i = 0; i < LENGTH; i += 997) {
      double sum = 0;
      double weights = 0;
      for (int k = 0; k < updates.length; k++) {
        sum += WEIGHTS[k] * updates[k][i];
        weights += WEIGHTS[k];
      }
      assertThat(mean[i]).isEqualTo(sum / weights);
    }
    assertThat(mean).hasSize(LENGTH);
  }

  @Test
  void mean_ofOneUpdateIsTheUpdate() {
    var sum = WeightedSum.zero(3);
    sum.add(1, new float[] {0.1f, -3e38f, 1e-45f});

    assertThat(sum.mean()).containsExactly(0.1f, -3e38f, 1e-45f);
  }

  @Test
  void mean_ofNothingIsRefused() {
    var sum = WeightedSum.zero(1);
    sum.add(0, new float[] {1});

    assertThatThrownBy(sum::mean)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("total weight is 0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void add_readsBuffersOfEveryKind_andLeavesThemAsTheyWere(boolean direct) {
    float[] update = updates()[0];
    int size = LENGTH * Float.BYTES + 5;
    ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    buffer.position(3);
    for (float value : update) {
      buffer.order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
    }
    buffer.order(ByteOrder.BIG_ENDIAN).flip().position(3);
    var fromBytes = WeightedSum.zero(LENGTH);
    var fromFloats = WeightedSum.zero(LENGTH);

    fromBytes.add(0.3, buffer);
    fromFloats.add(0.3, update);

    assertSame(fromBytes, fromFloats);
    assertThat(buffer.position()).isEqualTo(3);
    assertThat(buffer.limit()).isEqualTo(3 + LENGTH * Float.BYTES);
    assertThat(buffer.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
  }

  @Test
  void add_refusesWhatDoesNotFit() {
    var sum = WeightedSum.zero(2);

    assertThatThrownBy(() -> sum.add(1, new float[3]))
        .hasMessage("an update of 12 bytes for a sum over 2 parameters, which are 8");
    assertThatThrownBy(() -> sum.add(1, ByteBuffer.allocate(9)))
        .hasMessage("an update of 9 bytes for a sum over 2 parameters, which are 8");
    assertThatThrownBy(() -> sum.add(-1, new float[2])).hasMessage("an update has the weight -1.0");
    assertThatThrownBy(() -> sum.add(Double.NaN, new float[2]))
        .hasMessage("an update has the weight NaN");
    assertThatThrownBy(() -> sum.add(Double.POSITIVE_INFINITY, new float[2]))
        .hasMessage("an update has the weight Infinity");
    assertThatThrownBy(() -> sum.merge(WeightedSum.zero(3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WeightedSum.zero(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSameUpdatesInTheSameOrder_giveTheSameBytes() {
    assertSame(whole(updates()), whole(updates()));
  }

  @Test
  void merge_commutes() {
    WeightedSum ab = members(0, 2);
    ab.merge(members(2, 5));
    WeightedSum ba = members(2, 5);
    ba.merge(members(0, 2));

    assertSame(ab, ba);
  }

  @Test
  void merge_isAssociative() {
    WeightedSum left = members(0, 1);
    left.merge(members(1, 3));
    left.merge(members(3, 5));
    WeightedSum tail = members(1, 3);
    tail.merge(members(3, 5));
    WeightedSum right = members(0, 1);
    right.merge(tail);

    assertAgree(left, right);
  }

  @Test
  void merge_withZeroChangesNothing() {
    WeightedSum sum = members(0, 5);
    sum.merge(WeightedSum.zero(LENGTH));

    assertSame(sum, members(0, 5));
  }

  @Test
  void tilesOfMembers_agreeWithTheWhole() {
    WeightedSum tiles = WeightedSum.zero(LENGTH);
    tiles.merge(members(0, 2));
    tiles.merge(members(2, 4));
    tiles.merge(members(4, 5));

    assertAgree(tiles, whole(updates()));
  }

  @Test
  void tilesOfParameters_areTheWholeBitForBit() {
    float[][] updates = updates();
    double[] whole = whole(updates).mean();
    int cut = 70_003;
    WeightedSum left = WeightedSum.zero(cut);
    WeightedSum right = WeightedSum.zero(LENGTH - cut);
    for (int k = 0; k < updates.length; k++) {
      ByteBuffer bytes = bytes(updates[k]);
      left.add(WEIGHTS[k], bytes.slice(0, cut * Float.BYTES));
      right.add(WEIGHTS[k], bytes.slice(cut * Float.BYTES, (LENGTH - cut) * Float.BYTES));
    }

    assertSame(left.mean(), Arrays.copyOf(whole, cut));
    assertSame(right.mean(), Arrays.copyOfRange(whole, cut, LENGTH));
  }

  @Test
  void decode_givesWhatWasEncoded() {
    WeightedSum sum = members(0, 5);
    ByteBuffer encoded = sum.encode();

    WeightedSum decoded = WeightedSum.decode(encoded);

    assertThat(encoded.remaining()).isEqualTo(8 * (LENGTH + 1));
    assertThat(decoded.totalWeight()).isEqualTo(sum.totalWeight());
    assertSame(decoded, sum);
  }

  @Test
  void encode_isLittleEndianWithTheWeightFirst() {
    var sum = WeightedSum.zero(1);
    sum.add(2, new float[] {1.5f});

    ByteBuffer encoded = sum.encode().order(ByteOrder.LITTLE_ENDIAN);

    assertThat(encoded.getDouble()).isEqualTo(2);
    assertThat(encoded.getDouble()).isEqualTo(3);
    assertThat(encoded.hasRemaining()).isFalse();
  }

  @Test
  void decode_refusesWhatIsNoSum() {
    for (int size : new int[] {0, 7, 8, 15, 17}) {
      assertThatThrownBy(() -> WeightedSum.decode(ByteBuffer.allocate(size)))
          .isInstanceOf(FormatException.class)
          .hasMessageStartingWith("byte " + size);
    }
    for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      ByteBuffer bytes =
          ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putDouble(weight).rewind();
      assertThatThrownBy(() -> WeightedSum.decode(bytes))
          .isInstanceOf(FormatException.class)
          .hasMessage("byte 0: a weighted sum has the total weight " + weight);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNotFinite_isSeenInTheSumAndFoundInTheUpdate(float bad) {
    for (int at : new int[] {0, 65_535, 65_536, LENGTH - 1}) {
      float[] update = updates()[1];
      update[at] = bad;
      WeightedSum sum = members(0, 5);
      sum.add(1, update);
      assertThat(sum.isFinite()).isFalse();
      assertThat(WeightedSum.isFinite(bytes(update))).isFalse();
    }
  }

  @Test
  void whatIsFinite_isSeenAsSuch() {
    float[] extremes = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 0f, -0f};
    var sum = WeightedSum.zero(5);
    sum.add(1e6, extremes);
    sum.add(1e6, extremes);

    assertThat(sum.isFinite()).isTrue();
    assertThat(WeightedSum.isFinite(bytes(extremes))).isTrue();
    assertThat(WeightedSum.isFinite(ByteBuffer.allocate(0))).isTrue();
    assertThatThrownBy(() -> WeightedSum.isFinite(ByteBuffer.allocate(6)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertAgree(WeightedSum a, WeightedSum b) {
    assertThat(a.totalWeight()).isCloseTo(b.totalWeight(), within(1e-12 * b.totalWeight()));
    double[] means = a.mean();
    double[] others = b.mean();
    double largest = 0;
    for (int i = 0; i < LENGTH; i++) {
      largest = Math.max(largest, Math.abs(means[i] - others[i]));
    }
    assertThat(largest).isLessThan(1e-12);
  }

  private static void assertSame(WeightedSum a, WeightedSum b) {
    assertThat(a.encode().mismatch(b.encode())).isEqualTo(-1);
  }

  private static void assertSame(double[] a, double[] b) {
    assertThat(Arrays.mismatch(a, b)).isEqualTo(-1);
  }

  private static WeightedSum whole(float[][] updates) {
    var sum = WeightedSum.zero(LENGTH);
    for (int k = 0; k < updates.length; k++) {
      sum.add(WEIGHTS[k], updates[k]);
    }
    return sum;
  }

  private static WeightedSum members(int from, int to) {
    float[][] updates = updates();
    var sum = WeightedSum.zero(LENGTH);
    for (int k = from; k < to; k++) {
      sum.add(WEIGHTS[k], updates[k]);
    }
    return sum;
  }

  private static float[][] updates() {
    var updates = new float[WEIGHTS.length][LENGTH];
    var random = new SplitMix64(11);
    for (float[] update : updates) {
      for (int i = 0; i < LENGTH; i++) {
        update[i] = (float) (2 * random.nextDouble() - 1);
      }
    }
    return updates;
  }

  private static ByteBuffer bytes(float[] values) {
    var bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  @Test
  void addAll_givesTheBitsOfOneAfterTheOther_inWhateverRanges() {
    float[][] updates = new float[7][LENGTH];
    double[] coefficients = new double[7];
    for (int k = 0; k < 7; k++) {
      coefficients[k] = 0.1 * (k + 1);
      for (int i = 0; i < LENGTH; i++) {
        updates[k][i] = (float) Math.sin(i * 7 + k);
      }
    }
    var one = WeightedSum.zero(LENGTH);
    var all = WeightedSum.zero(LENGTH);
    for (int k = 0; k < 7; k++) {
      one.add(coefficients[k], 2, bytes(updates[k], 0, LENGTH));
      all.addWeight(2);
    }
    int width = 5 * WeightedSum.ALIGNMENT;
    for (int begin = 0; begin < LENGTH; begin += width) {
      ByteBuffer[] ranges = new ByteBuffer[7];
      for (int k = 0; k < 7; k++) {
        ranges[k] = bytes(updates[k], begin, Math.min(LENGTH, begin + width));
      }
      all.addAll(begin, coefficients, ranges);
    }
    assertSame(all, one);
    assertThatThrownBy(() -> all.addAll(1, new double[0], new ByteBuffer[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> all.addAll(0, new double[] {1}, new ByteBuffer[] {ByteBuffer.allocate(8)}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ByteBuffer bytes(float[] values, int from, int to) {
    ByteBuffer bytes =
        ByteBuffer.allocate((to - from) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values, from, to - from);
    return bytes;
  }
}
