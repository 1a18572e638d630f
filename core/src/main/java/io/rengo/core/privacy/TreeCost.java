package io.rengo.core.privacy;

/// What running sums with [TreeNoise] cost a unit that takes part in one of every so many rounds. A
/// unit moves each node by as many times the clipping norm as it has leaves below it. Noise of one
/// size on all nodes makes of them one Gaussian release, whose squared sensitivity is the sum of
/// the squares of these numbers, for the unit that they are the largest for; sums may depend on
/// what was released before (Kairouz et al. 2021; Denisov et al. 2022 for units with several
/// leaves).
///
/// @param every rounds, in one of which a unit may take part, always the same of them
/// @param restart leaves of a tree, after which another begins
public record TreeCost(int every, int restart) {
  /// The most rounds of which the cost is known.
  public static final int MOST_ROUNDS = 1 << 20;

  public TreeCost {
    Require.that(every >= 1, "every", every, "1 or more");
    Require.that(
        restart >= 1 && restart <= TreeNoise.MOST_LEAVES,
        "restart",
        restart,
        "1 to " + TreeNoise.MOST_LEAVES);
  }

  /// The leaf of a round, both from 1.
  public int leaf(int round) {
    return (round - 1) % restart + 1;
  }

  /// Squared sensitivity of everything that the first `rounds` rounds release, in units of the
  /// clipping norm.
  public long squares(long rounds) {
    Require.that(rounds >= 0 && rounds <= MOST_ROUNDS, "rounds", rounds, "0 to 2^20");
    long most = 0;
    for (int turn = 0; turn < Math.min(every, rounds); turn++) {
      most = Math.max(most, squares((int) rounds, turn));
    }
    return most;
  }

  private long squares(int rounds, int turn) {
    long squares = 0;
    for (int tree = 0; tree < rounds; tree += restart) {
      int leaves = Math.min(restart, rounds - tree);
      for (int size = 1; size <= leaves; size *= 2) {
        for (int begin = tree; begin + size <= tree + leaves; begin += size) {
          long taken = before(begin + size, turn) - before(begin, turn);
          squares += taken * taken;
        }
      }
    }
    return squares;
  }

  /// How often a unit with this turn takes part in the first rounds.
  private long before(int rounds, int turn) {
    return Math.floorDiv(rounds - 1 - turn, every) + 1;
  }

  /// What a round adds to the rounds before it: nothing, where the unit that has lost most loses no
  /// more.
  ///
  /// @param noiseMultiplier of one node
  public SampledGaussian round(int round, double noiseMultiplier) {
    return release(squares(round) - squares(round - 1), noiseMultiplier);
  }

  /// What so many rounds cost together.
  public SampledGaussian rounds(long rounds, double noiseMultiplier) {
    return release(squares(rounds), noiseMultiplier);
  }

  private static SampledGaussian release(long squares, double noiseMultiplier) {
    return squares == 0
        ? new SampledGaussian(1, noiseMultiplier, 0)
        : new SampledGaussian(1, noiseMultiplier / Math.sqrt(squares), 1);
  }
}
