package io.rengo.core.privacy;

import java.util.Arrays;
import java.util.Objects;

/// The scores of an attack on a model's memory as counts, so that those of several members add up
/// and no score of a single row leaves them. Bins are even in `asinh(score)`: 1/32 wide near 0 and
/// a thirtieth of the score far from it; whoever counts is told apart no better than that.
///
/// @param members counts of the rows that the model was trained on, by the bin of their score
/// @param others those of rows that it was not trained on
public record ScoreCounts(long[] members, long[] others) {
  private static final int PER_UNIT = 32;
  private static final int REACH = 12;

  /// Number of bins.
  public static final int BINS = 2 * PER_UNIT * REACH + 1;

  private static final long MOST = 1L << 40;

  public ScoreCounts {
    members = members.clone();
    others = others.clone();
  }

  /// A share, with the counts that it comes from.
  ///
  /// @param truePositives rows of the training data that are found
  /// @param falsePositives others that are called so wrongly
  public record Found(long truePositives, long members, long falsePositives, long others) {
    /// Share of the training data that is found.
    public double rate() {
      return members == 0 ? 0 : (double) truePositives / members;
    }

    /// Where the true share lies, with a confidence of 95 %.
    public Binomial.Interval interval() {
      return Binomial.interval(truePositives, members, 0.95);
    }
  }

  /// No rows.
  public static ScoreCounts none() {
    return new ScoreCounts(new long[BINS], new long[BINS]);
  }

  /// The counts of these scores, the higher the likelier a row was trained on.
  public static ScoreCounts of(double[] members, double[] others) {
    return new ScoreCounts(count(members), count(others));
  }

  private static long[] count(double[] scores) {
    long[] counts = new long[BINS];
    for (double score : scores) {
      counts[bin(score)]++;
    }
    return counts;
  }

  private static int bin(double score) {
    double place = Math.signum(score) * Math.log(Math.abs(score) + Math.hypot(1, score));
    return (int) Math.rint(Math.clamp(place, -REACH, REACH) * PER_UNIT) + BINS / 2;
  }

  /// The score in the middle of a bin.
  public static double score(int bin) {
    return Math.sinh((bin - BINS / 2) / (double) PER_UNIT);
  }

  /// These rows and the others'.
  public ScoreCounts plus(ScoreCounts other) {
    long[] in = members.clone();
    long[] out = others.clone();
    for (int i = 0; i < BINS; i++) {
      in[i] += other.members[i];
      out[i] += other.others[i];
    }
    return new ScoreCounts(in, out);
  }

  /// Throws [IllegalArgumentException] unless these can be counts of rows.
  public void check() {
    for (long[] counts : new long[][] {members, others}) {
      if (counts.length != BINS || Arrays.stream(counts).anyMatch(n -> n < 0 || n > MOST)) {
        throw new IllegalArgumentException(
            "scores are %d counts of 0 to %d each".formatted(BINS, MOST));
      }
    }
  }

  /// What the lowest threshold finds at which at most a share `rate` of the others is called a
  /// member wrongly; thresholds lie between bins.
  public Found at(double rate) {
    Require.probability("rate", rate);
    long total = Arrays.stream(others).sum();
    long allowed = (long) Math.floor(rate * total);
    long found = 0;
    long wrong = 0;
    for (int i = BINS - 1; i >= 0 && wrong + others[i] <= allowed; i--) {
      found += members[i];
      wrong += others[i];
    }
    return new Found(found, Arrays.stream(members).sum(), wrong, total);
  }

  /// The area under the curve of true positives over false ones; scores in one bin count a half. A
  /// half where there is nothing to tell apart.
  public double auc() {
    double in = Arrays.stream(members).sum();
    double out = Arrays.stream(others).sum();
    double wins = 0;
    double below = 0;
    for (int i = 0; i < BINS; i++) {
      wins += members[i] * (below + others[i] / 2.0);
      below += others[i];
    }
    return in == 0 || out == 0 ? 0.5 : wins / in / out;
  }

  /// The corners of that curve, from (0, 0) to (1, 1): `[0]` false positive rates, `[1]` true ones.
  public double[][] curve() {
    double in = Math.max(1, Arrays.stream(members).sum());
    double out = Math.max(1, Arrays.stream(others).sum());
    double[][] points = new double[2][BINS + 1];
    for (int i = BINS - 1, n = 1; i >= 0; i--, n++) {
      points[0][n] = points[0][n - 1] + others[i] / out;
      points[1][n] = points[1][n - 1] + members[i] / in;
    }
    return points;
  }

  @Override
  public long[] members() {
    return members.clone();
  }

  @Override
  public long[] others() {
    return others.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScoreCounts that
        && Arrays.equals(members, that.members)
        && Arrays.equals(others, that.others);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(members), Arrays.hashCode(others));
  }

  @Override
  public String toString() {
    return "ScoreCounts[%d of members, %d of others]"
        .formatted(Arrays.stream(members).sum(), Arrays.stream(others).sum());
  }
}
