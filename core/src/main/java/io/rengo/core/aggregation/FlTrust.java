package io.rengo.core.aggregation;

/// Updates count as far as they point where the root's update points, a member whose data the
/// server trusts: the trust is `max(0, cos)`, each update is scaled to the root update's norm, and
/// the trusts are the weights of the mean. Where nobody is trusted the aggregate is zero. Cao,
/// Fang, Liu and Gong 2021, "FLTrust: Byzantine-robust Federated Learning via Trust Bootstrapping".
///
/// @param root the member whose update is the root's; it is not aggregated itself
public record FlTrust(String root) implements Rule {
  @Override
  public Measure measure() {
    return Measure.GRAM;
  }

  @Override
  public Reference reference() {
    return Reference.ROOT;
  }

  @Override
  public int fewest() {
    return 1;
  }

  @Override
  public String bound() {
    return "one update beside the root's";
  }

  @Override
  public Weighing weigh(Gram gram, double[] examples) {
    int n = examples.length;
    double[] trust = trust(gram, n);
    boolean any = false;
    for (double each : trust) {
      any |= each > 0;
    }
    double rootNorm = gram.norm(n);
    boolean trusted = any;
    return Rule.weighing(
        n,
        i ->
            trust[i] > 0
                ? new Weight(
                    trust[i] * (rootNorm / gram.norm(i)),
                    trust[i],
                    Decision.COUNTED,
                    Weight.text("trust %.4g", trust[i]))
                : new Weight(
                    0,
                    trusted ? 0 : 1,
                    Decision.EXCLUDED,
                    Weight.text(
                        "no trust: its cosine to the root update is %.4g", gram.cosine(i, n))));
  }

  /// The trust in each update.
  public static double[] trust(Gram gram, int n) {
    double[] trust = new double[n];
    for (int i = 0; i < n; i++) {
      trust[i] = Math.max(0, gram.cosine(i, n));
    }
    return trust;
  }
}
