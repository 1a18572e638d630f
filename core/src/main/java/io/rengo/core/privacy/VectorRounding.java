package io.rengo.core.privacy;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// As many values at once as a vector of the machine holds, on the JDK's Vector API.
final class VectorRounding implements Rounding {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final int LANES = FLOATS.length();

  private final PlainRounding plain = new PlainRounding();

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
    int[] pieces = new int[LANES];
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, begin + i);
      FloatVector place = value.mul(inverse);
      FloatVector whole = place.add(ROUNDER).sub(ROUNDER);
      IntVector drawn = IntVector.fromArray(INTS, bits, from + i);
      IntVector uniform = drawn.and(Integer.MAX_VALUE);
      FloatVector sum =
          noise(uniform, drawn, pieces).fma(FloatVector.broadcast(FLOATS, steps), place.sub(whole));
      FloatVector near = sum.add(ROUNDER).sub(ROUNDER);
      VectorMask<Float> decided =
          uniform
              .compare(VectorOperators.GE, QuantileTable.LEAST)
              .cast(FLOATS)
              .and(place.abs().compare(VectorOperators.LT, FAR))
              .and(sum.sub(near).abs().compare(VectorOperators.LT, 0.5f - SLACK));
      whole.add(near).mul(unit).intoArray(values, begin + i);
      if (!decided.allTrue()) {
        for (int lane = 0; lane < LANES; lane++) {
          if (!decided.laneIsSet(lane)) {
            values[begin + i + lane] =
                (float) gaussian.decide(value.lane(lane), bits[from + i + lane]) * unit;
          }
        }
      }
    }
    plain.add(gaussian, values, begin + i, bits, from + i, count - i, scale);
  }

  private static FloatVector noise(IntVector uniform, IntVector drawn, int[] pieces) {
    IntVector raw =
        ((FloatVector) uniform.convertShape(VectorOperators.I2F, FLOATS, 0)).reinterpretAsInts();
    raw.lanewise(VectorOperators.LSHR, QuantileTable.SHIFT)
        .sub(QuantileTable.BASE)
        .max(0)
        .intoArray(pieces, 0);
    FloatVector t =
        ((FloatVector) raw.and(QuantileTable.REST).convertShape(VectorOperators.I2F, FLOATS, 0))
            .mul(1f / (QuantileTable.REST + 1));
    FloatVector size =
        FloatVector.fromArray(FLOATS, QuantileTable.SQUARE, 0, pieces, 0)
            .fma(t, FloatVector.fromArray(FLOATS, QuantileTable.LINEAR, 0, pieces, 0))
            .fma(t, FloatVector.fromArray(FLOATS, QuantileTable.CONSTANT, 0, pieces, 0));
    return size.reinterpretAsInts().or(drawn.and(Integer.MIN_VALUE)).reinterpretAsFloats();
  }
}
