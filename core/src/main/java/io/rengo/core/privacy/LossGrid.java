package io.rengo.core.privacy;

/// Puts the privacy loss of one release onto a grid: masses of P at the losses `i * spacing`,
/// tilted by `e^(theta L)`, on a circle of `size` points.
///
/// @param size a power of two; the mass of loss index `i` stands at `i mod size`
record LossGrid(double spacing, double theta, int size) {
  private static final double PIECE = 0.05;
  private static final double NODE = Math.sqrt(0.6);
  private static final double[] NODES = {-NODE, 0, NODE};
  private static final double[] WEIGHTS = {5 / 18.0, 8 / 18.0, 5 / 18.0};

  /// At least as much loss as there is: each mass between two points is parted between them so that
  /// its P and its Q stay what they are. At the points the curve of delta over e^epsilon is then
  /// exact, between them it is the chord. Doroshenko et al. 2022, "Connect the Dots: Tighter
  /// Discrete Approximations of Privacy Loss Distributions".
  double[] above(LossStep step) {
    var masses = new double[size];
    double cumulant = step.cumulant(theta);
    double share = -Math.expm1(-spacing);
    long first = Math.round(Math.floor(step.pair().loss(step.low()) / spacing));
    long last = Math.round(Math.ceil(step.pair().loss(step.high()) / spacing));
    double from = step.low();
    for (long i = first; i < last; i++) {
      double to = Math.clamp(step.pair().outcome((i + 1) * spacing), from, step.high());
      double lowLoss = i * spacing;
      double below = theta * lowLoss - cumulant;
      double up = Math.exp(theta * spacing);
      int pieces = pieces(step, from, to);
      double width = (to - from) / pieces;
      double lower = 0;
      double upper = 0;
      for (int piece = 0; piece < pieces; piece++) {
        for (int n = 0; n < NODES.length; n++) {
          double z = from + width * (piece + 0.5 * (1 + NODES[n]));
          double mass = WEIGHTS[n] * width * Math.exp(step.pair().logDensity(z) + below);
          double part = -Math.expm1(lowLoss - step.pair().loss(z)) / share;
          upper += mass * part * up;
          lower += mass * (1 - part);
        }
      }
      double norm = step.pair().sigma() * Math.sqrt(2 * Math.PI);
      masses[index(i)] += lower / norm;
      masses[index(i + 1)] += upper / norm;
      from = to;
    }
    return masses;
  }

  /// At most as much loss as there is: masses are put together, parts of them where need be, until
  /// their P over Q is that of a point. To put together is to forget, which never costs privacy.
  double[] below(LossStep step) {
    var masses = new double[size];
    double cumulant = step.cumulant(theta);
    long first = Math.round(Math.floor(step.pair().loss(step.low()) / spacing));
    long last = Math.round(Math.ceil(step.pair().loss(step.high()) / spacing));
    double from = step.low();
    long point = first;
    double gathered = 0;
    double balance = 0;
    for (long i = first; i < last; i++) {
      double to = Math.clamp(step.pair().outcome((i + 1) * spacing), from, step.high());
      int pieces = Math.max(4, pieces(step, from, to));
      double width = (to - from) / pieces;
      for (int piece = 0; piece < pieces && width > 0; piece++) {
        double left = from + piece * width;
        double p = 0;
        double q = 0;
        for (int n = 0; n < NODES.length; n++) {
          double z = left + width * 0.5 * (1 + NODES[n]);
          double mass = WEIGHTS[n] * width * Math.exp(step.pair().logDensity(z) - cumulant);
          p += mass;
          q += mass * Math.exp(-step.pair().loss(z));
        }
        while (p > 0) {
          double gain = p - q * Math.exp(point * spacing);
          if (gain <= -balance) {
            balance += gain;
            gathered += p;
            break;
          }
          double taken = -balance / gain;
          masses[index(point)] += (gathered + taken * p) * Math.exp(theta * point * spacing);
          p *= 1 - taken;
          q *= 1 - taken;
          gathered = 0;
          balance = 0;
          point++;
        }
      }
      from = to;
    }
    masses[index(point - 1)] += gathered * Math.exp(theta * (point - 1) * spacing);
    double norm = step.pair().sigma() * Math.sqrt(2 * Math.PI);
    for (int i = 0; i < size; i++) {
      masses[i] /= norm;
    }
    return masses;
  }

  private static int pieces(LossStep step, double from, double to) {
    return Math.max(1, (int) Math.ceil((to - from) / (PIECE * step.pair().sigma())));
  }

  int index(long i) {
    return Math.floorMod(i, size);
  }
}
