package io.rengo.core;

import java.util.List;

/// The parameters that a job begins with, from a seed. Each tensor has a random stream of its own
/// under its name, so that the same seed gives the same bits on every machine, and a tensor the
/// same values whatever stands beside it.
public final class Initializer {
  private Initializer() {}

  /// How one tensor begins. `fanIn` is its first dimension (kernels are `[in, out]`), `fanOut` the
  /// product of the others; of a scalar both are 1.
  public sealed interface Scheme {
    /// All 0, as biases begin.
    record Zeros() implements Scheme {}

    /// Normal with mean 0 and variance `2 / fanIn`: for ReLU (He et al. 2015).
    record He() implements Scheme {}

    /// Uniform in `±sqrt(6 / (fanIn + fanOut))`: for tanh and sigmoid (Glorot and Bengio 2010).
    record Glorot() implements Scheme {}

    /// Normal with mean 0.
    ///
    /// @param std the standard deviation, above 0
    record Normal(double std) implements Scheme {
      public Normal {
        Range.positive("std", std);
      }
    }
  }

  /// The flat parameters of a layout, with one scheme for each of its tensors. Throws
  /// [IllegalArgumentException] where the numbers differ, or where the model does not fit into one
  /// array.
  public static float[] parameters(Layout layout, List<Scheme> schemes, long seed) {
    if (layout.size() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(layout.size() + " parameters do not fit into one array");
    }
    var parameters = new float[(int) layout.size()];
    pieces(layout, schemes, seed).next(parameters);
    return parameters;
  }

  /// The same parameters, piece by piece from the first on. Throws [IllegalArgumentException] where
  /// there are not as many schemes as tensors.
  public static Pieces pieces(Layout layout, List<Scheme> schemes, long seed) {
    if (schemes.size() != layout.tensors().size()) {
      throw new IllegalArgumentException(
          schemes.size() + " schemes for " + layout.tensors().size() + " tensors");
    }
    return new Pieces(layout, List.copyOf(schemes), seed);
  }

  /// A model's parameters, of which the next ones can be asked for.
  public static final class Pieces {
    private final Layout layout;
    private final List<Scheme> schemes;
    private final long seed;
    private int tensor;
    private long left;
    private SplitMix64 random;

    private Pieces(Layout layout, List<Scheme> schemes, long seed) {
      this.layout = layout;
      this.schemes = schemes;
      this.seed = seed;
      this.random = new SplitMix64(seed);
      begin(0);
    }

    private void begin(int index) {
      tensor = index;
      if (index < schemes.size()) {
        TensorSpec spec = layout.tensors().get(index);
        left = spec.size();
        random = SplitMix64.derive(seed, "initial", spec.name());
      }
    }

    /// Fills the array with the next parameters; there must be as many.
    public void next(float[] piece) {
      int at = 0;
      while (at < piece.length) {
        if (left == 0) {
          begin(tensor + 1);
          continue;
        }
        int end = (int) Math.min(piece.length, at + left);
        fill(piece, at, end, schemes.get(tensor), layout.tensors().get(tensor), random);
        left -= end - at;
        at = end;
      }
    }
  }

  private static void fill(
      float[] parameters, int begin, int end, Scheme scheme, TensorSpec tensor, SplitMix64 random) {
    double fanIn = tensor.shape().isEmpty() ? 1 : tensor.shape().getFirst();
    double fanOut = tensor.size() / fanIn;
    switch (scheme) {
      case Scheme.Zeros() -> {}
      case Scheme.He() -> normal(parameters, begin, end, Math.sqrt(2 / fanIn), random);
      case Scheme.Normal(double std) -> normal(parameters, begin, end, std, random);
      case Scheme.Glorot() -> {
        double limit = Math.sqrt(6 / (fanIn + fanOut));
        for (int i = begin; i < end; i++) {
          parameters[i] = (float) (limit * (2 * random.nextDouble() - 1));
        }
      }
    }
  }

  private static void normal(
      float[] parameters, int begin, int end, double std, SplitMix64 random) {
    for (int i = begin; i < end; i++) {
      parameters[i] = (float) (std * random.nextGaussian());
    }
  }
}
