package io.rengo.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rengo.core.FormatException;
import io.rengo.core.SplitMix64;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDeltaTest {
  private static final int MANY = 150_000;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 65_537, MANY})
  void nextModel_comesBackBitByBit(int count) {
    SplitMix64 random = new SplitMix64(count);
    ByteBuffer base = model(count, i -> Float.floatToRawIntBits((float) random.nextGaussian()));
    ByteBuffer next = model(count, i -> random.nextInt());

    assertThat(applied(base, ModelDelta.encode(base, next))).isEqualTo(next);
  }

  @Test
  void everyKindOfFloat_comesBack() {
    float[] kinds = {
      0f,
      -0f,
      1f,
      -1f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN
    };
    int n = kinds.length;
    ByteBuffer base = model(n * n, i -> Float.floatToRawIntBits(kinds[i / n]));
    ByteBuffer next = model(n * n, i -> Float.floatToRawIntBits(kinds[i % n]));

    assertThat(applied(base, ModelDelta.encode(base, next))).isEqualTo(next);
  }

  @Test
  void fewChangedValues_takeFewBytes() {
    SplitMix64 random = new SplitMix64(1);
    ByteBuffer base = model(MANY, i -> Float.floatToRawIntBits((float) random.nextGaussian()));
    ByteBuffer next =
        model(
            MANY,
            i ->
                random.nextInt(100) == 0
                    ? Float.floatToRawIntBits(Float.intBitsToFloat(base.getInt(4 * i)) + 0.01f)
                    : base.getInt(4 * i));

    assertThat(ModelDelta.encode(base, base).remaining()).isLessThan(MANY * 4 / 500);
    assertThat(ModelDelta.encode(base, next).remaining()).isLessThan(MANY * 4 / 15);
  }

  @Test
  void smallChanges_takeFewerBytesThanTheModel() {
    SplitMix64 random = new SplitMix64(2);
    ByteBuffer base = model(MANY, i -> Float.floatToRawIntBits((float) random.nextGaussian()));
    ByteBuffer next =
        model(
            MANY,
            i -> {
              float value = Float.intBitsToFloat(base.getInt(4 * i));
              return Float.floatToRawIntBits((float) (value * (1 + 0.01 * random.nextGaussian())));
            });

    assertThat(ModelDelta.encode(base, next).remaining()).isLessThan(MANY * 4 * 3 / 4);
  }

  @Test
  void brokenChange_isRefused() {
    ByteBuffer base = model(100, i -> i);
    ByteBuffer change = ModelDelta.encode(base, model(100, i -> i * i));

    refused(model(101, i -> i), change);
    refused(model(99, i -> i), change);
    refused(model(100, i -> i), change.slice(0, change.remaining() - 3));
    refused(model(100, i -> i), ByteBuffer.wrap(new byte[] {-1, -1, -1}));
    refused(model(100, i -> i), ByteBuffer.allocate(0));
  }

  private static void refused(ByteBuffer model, ByteBuffer change) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> ModelDelta.apply(model, change));
  }

  private static ByteBuffer applied(ByteBuffer base, ByteBuffer change) {
    ByteBuffer model =
        ByteBuffer.allocate(base.remaining()).order(ByteOrder.LITTLE_ENDIAN).put(base.duplicate());
    ModelDelta.apply(model.flip(), change);
    return model;
  }

  private static ByteBuffer model(int count, IntUnaryOperator bits) {
    ByteBuffer model = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.range(0, count).forEach(i -> model.putInt(bits.applyAsInt(i)));
    return model.flip();
  }
}
