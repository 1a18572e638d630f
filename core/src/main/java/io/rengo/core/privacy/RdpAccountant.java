package io.rengo.core.privacy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/// Adds up Rényi divergences order by order and takes the best order.
public final class RdpAccountant implements Accountant {
  /// The bound and where it was found.
  ///
  /// @param order the best of the orders
  public record Best(double epsilon, double order) {}

  private static final double WIDEST = 1 << 17;
  private static final double NARROWEST = 1e-6;
  private static final double[] ORDERS =
      DoubleStream.concat(
              DoubleStream.iterate(11, order -> order <= 109, order -> order + 1)
                  .map(tenth -> tenth / 10),
              DoubleStream.concat(
                  DoubleStream.iterate(11, order -> order <= 63, order -> order + 1),
                  DoubleStream.of(128, 256, 512, 1024)))
          .toArray();

  private final Adjacency adjacency;

  public RdpAccountant(Adjacency adjacency) {
    this.adjacency = adjacency;
  }

  /// The usual orders: 1.1 to 10.9 by tenths, 11 to 63, and four more up to 1024.
  public static double[] usualOrders() {
    return ORDERS.clone();
  }

  @Override
  public double epsilon(List<SampledGaussian> releases, double delta) {
    Best best = best(releases, delta, ORDERS);
    double least = ORDERS[0];
    for (double above = least - 1; best.order() == least && above > NARROWEST; ) {
      above /= 2;
      least = 1 + above;
      best = better(best, at(releases, delta, least));
    }
    double most = ORDERS[ORDERS.length - 1];
    while (best.order() == most && most < WIDEST) {
      most *= 2;
      best = better(best, at(releases, delta, most));
    }
    return best.epsilon();
  }

  /// The best of the given orders.
  public Best best(List<SampledGaussian> releases, double delta, double[] orders) {
    Require.delta(delta);
    if (releases.stream().allMatch(SampledGaussian::free)) {
      return new Best(0, orders[0]);
    }
    return Arrays.stream(orders)
        .mapToObj(order -> at(releases, delta, order))
        .reduce(RdpAccountant::better)
        .orElseThrow();
  }

  /// The divergence of all the releases together at an order.
  public double divergence(List<SampledGaussian> releases, double order) {
    return releases.stream()
        .mapToDouble(each -> each.steps() * Renyi.divergence(each, order, adjacency))
        .sum();
  }

  private Best at(List<SampledGaussian> releases, double delta, double order) {
    double epsilon = Renyi.epsilon(order, divergence(releases, order), delta);
    return new Best(Math.max(0, epsilon), order);
  }

  private static Best better(Best a, Best b) {
    return b.epsilon() < a.epsilon() ? b : a;
  }
}
