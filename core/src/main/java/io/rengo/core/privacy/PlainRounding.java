package io.rengo.core.privacy;

/// One value after the other.
final class PlainRounding implements Rounding {
  @Override
  public void add(
      RoundedGaussian gaussian,
      float[] values,
      int begin,
      int[] bits,
      int from,
      int count,
      double scale) {
    float inverse = (float) (1 / gaussian.grid());
    float steps = (float) gaussian.steps();
    float unit = (float) (gaussian.grid() * scale);
    for (int i = 0; i < count; i++) {
      float place = values[begin + i] * inverse;
      float whole = place + ROUNDER - ROUNDER;
      int drawn = bits[from + i];
      int uniform = drawn & Integer.MAX_VALUE;
      float sum = Math.fma(noise(uniform, drawn), steps, place - whole);
      float near = sum + ROUNDER - ROUNDER;
      boolean decided =
          uniform >= QuantileTable.LEAST
              && Math.abs(place) < FAR
              && Math.abs(sum - near) < 0.5f - SLACK;
      values[begin + i] =
          (decided ? whole + near : (float) gaussian.decide(values[begin + i], drawn)) * unit;
    }
  }

  static float noise(int uniform, int drawn) {
    int raw = Float.floatToRawIntBits((float) uniform);
    int piece = Math.max(0, (raw >>> QuantileTable.SHIFT) - QuantileTable.BASE);
    float t = (raw & QuantileTable.REST) * (1f / (QuantileTable.REST + 1));
    float size =
        Math.fma(
            Math.fma(QuantileTable.SQUARE[piece], t, QuantileTable.LINEAR[piece]),
            t,
            QuantileTable.CONSTANT[piece]);
    return drawn < 0 ? -size : size;
  }
}
