package io.rengo.core.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Noise for running sums, which grows with the logarithm of their number: the sums of rounds are
/// the leaves of a binary tree, each node of which gets noise of its own once, and a running sum is
/// that of the few nodes that cover it (Dwork et al. 2010; Chan, Shi and Song 2011). With it in
/// place of fresh noise in each round, gradient descent is DP-FTRL (Kairouz et al. 2021, "Practical
/// and Private (Deep) Learning Without Sampling or Shuffling").
///
/// A node is estimated from what lies below it too (Honaker 2015): `(own + left + right) / 2`, with
/// halves instead of the best weights, so that the arithmetic is **exact**: noise is whole
/// multiples of the grid of [GridNoise], halved once for each level. What comes out is a function
/// of the noisy nodes alone. Its variance tends to half of one node's for each node that covers.
///
/// What is released of a round is the difference of two running sums, and whoever adds up the
/// releases has the running sum with the noise of its own leaf and of no other.
public final class TreeNoise {
  /// The most leaves of a tree: beyond, halves would not be exact any more.
  public static final int MOST_LEAVES = 1 << 16;

  /// @param sum the round's sum, with what the noise of the running sum changed by
  /// @param kept what the next release needs: the noise of each node that covers the leaves so far,
  ///   the smallest first; it is as secret as the sums themselves
  public record Release(double[] sum, List<double[]> kept) {}

  private final GridNoise noise;
  private final RandomGenerator random;

  /// @param noise of one node, for the sensitivity of one leaf
  public TreeNoise(GridNoise noise, RandomGenerator random) {
    this.noise = noise;
    this.random = random;
  }

  /// Releases a round's sum; the given arrays are left as they were.
  ///
  /// @param sum of the round's contributions
  /// @param kept of the leaf before that was released; empty at the first of a tree
  /// @param before that leaf, 0 for none; those in between count as sums of zero
  /// @param leaf of the round, from 1
  public Release release(double[] sum, List<double[]> kept, int before, int leaf) {
    Require.that(
        before >= 0 && before < leaf && leaf <= MOST_LEAVES,
        "leaf",
        leaf,
        "above the one before and at most " + MOST_LEAVES);
    Require.that(
        kept.size() == Integer.bitCount(before), "nodes", kept.size(), "those of leaf " + before);
    List<double[]> nodes = new ArrayList<>(kept);
    for (int next = before + 1; next <= leaf; next++) {
      advance(nodes, next, sum.length);
    }
    double grid = noise.grid();
    double[] released = new double[sum.length];
    for (int i = 0; i < sum.length; i++) {
      released[i] = (Math.rint(sum[i] / grid) + (total(nodes, i) - total(kept, i))) * grid;
    }
    return new Release(released, List.copyOf(nodes));
  }

  /// Variance of a running sum's noise over that of one node.
  public static double variance(int leaf) {
    double variance = 0;
    double node = 1;
    for (int bits = leaf; bits > 0; bits >>= 1) {
      variance += (bits & 1) * node;
      node = (1 + 2 * node) / 4;
    }
    return variance;
  }

  /// Takes up a leaf: nodes of the same size become one.
  private void advance(List<double[]> nodes, int leaf, int length) {
    double[] node = draw(length);
    for (int level = Integer.numberOfTrailingZeros(leaf); level > 0; level--) {
      double[] left = nodes.removeFirst();
      double[] own = draw(length);
      for (int i = 0; i < length; i++) {
        own[i] = (own[i] + left[i] + node[i]) / 2;
      }
      node = own;
    }
    nodes.addFirst(node);
  }

  private double[] draw(int length) {
    long[] drawn = noise.draw(length, random);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = drawn[i];
    }
    return values;
  }

  private static double total(List<double[]> nodes, int i) {
    double total = 0;
    for (double[] node : nodes) {
      total += node[i];
    }
    return total;
  }
}
