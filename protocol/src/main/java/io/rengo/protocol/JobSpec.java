package io.rengo.protocol;

import io.rengo.core.CohortRule;
import io.rengo.core.ServerOptimizer;
import io.rengo.core.aggregation.Filter;
import io.rengo.core.aggregation.Measure;
import io.rengo.core.aggregation.Reference;
import io.rengo.core.aggregation.Rule;
import io.rengo.core.algorithm.ClientAlgorithm;
import io.rengo.core.algorithm.FedBuff;
import io.rengo.core.codec.Encoding;
import java.time.Duration;
import java.util.Optional;

/// A job file, with every default filled in.
///
/// @param version of the job file's format, now 1
/// @param seed from which the initial model, the cohorts and the members' training derive; drawn
///   anew for each job where the file gives none
/// @param algorithm what members and server do beside training and averaging
/// @param encoding how an update's values are written
/// @param downlink how members get the model
/// @param buffer lets members work without waiting for each other, if it is there
/// @param regions lets members be regions with members of their own, if it is there
/// @param privacy what the job promises by differential privacy, if it does
/// @param audit what the last model must pass before it may be promoted, if anything
/// @param simulation members and data of a simulation; without meaning elsewhere
public record JobSpec(
    int version,
    String description,
    Optional<Long> seed,
    ModelSpec model,
    TrainingSpec training,
    Rounds rounds,
    CohortRule cohort,
    Aggregation aggregation,
    ServerOptimizer serverOptimizer,
    ClientAlgorithm algorithm,
    Encoding encoding,
    Downlink downlink,
    Optional<FedBuff> buffer,
    Optional<RegionsSpec> regions,
    Stop stop,
    Optional<PrivacySpec> privacy,
    Optional<AuditSpec> audit,
    Optional<SimulationSpec> simulation) {
  /// The version of the format that this program reads.
  public static final int VERSION = 1;

  /// How many rounds there are and when one ends.
  ///
  /// @param count rounds that publish a model
  /// @param quorum the fewest updates that a round may aggregate
  /// @param target share of the cohort whose updates end the wait, in (0, 1]
  /// @param deadline after which a round goes on with what has come
  /// @param retries rounds that may be abandoned before the job fails
  public record Rounds(int count, int quorum, double target, Duration deadline, int retries) {
    private static final int MAX_COUNT = 100_000;

    public Rounds {
      Check.inRange(count, 1, MAX_COUNT, "rounds.count");
      Check.atLeast(quorum, 1, "rounds.quorum");
      Check.that(
          target > 0 && target <= 1,
          target + " is not in (0, 1]",
          "rounds.target",
          "Give the share of the cohort whose updates end the wait, as 0.8");
      Check.that(
          deadline.toSeconds() >= 1 && deadline.compareTo(Duration.ofDays(30)) <= 0,
          Durations.format(deadline) + " is not between 1 second and 30 days",
          "rounds.deadline",
          "Give a duration such as 90s, 15m or 6h");
      Check.inRange(retries, 0, MAX_COUNT, "rounds.retries");
    }
  }

  /// Whether one worker sums the updates of a shard in parts, a batch at a time. All else has to
  /// see them all at once.
  ///
  /// @param updates how many there are
  public boolean sumsInBatches(int updates) {
    return aggregation.rule().statistic(updates).isEmpty()
        && aggregation.rule().reference() == Reference.NONE
        && !algorithm.keepsVectors();
  }

  /// Whether the step on a shard leaves nothing but its part of the model: so whoever folds the
  /// shard may take it at once, and again where updates turn out not to be finite.
  public boolean stepKeepsNothing() {
    return serverOptimizer.slots() == 0
        && downlink != Downlink.DELTA
        && !algorithm.keepsVectors()
        && privacy.filter(PrivacySpec::central).isEmpty();
  }

  /// Bytes of a shard: fewer than the job file's where the updates of a shard are more than one
  /// worker may read, which then has them all to itself and need not store a part of a sum. Not
  /// below what one request reads where sums can be parted instead, nor below 5 MiB where they
  /// cannot; and no model has more shards than the workflow's history holds.
  ///
  /// @param members of the federation
  /// @param parameters of the model
  public long shardBytes(int members, long parameters) {
    boolean measured =
        aggregation.rule().measure() != Measure.NOTHING
            || aggregation.scores()
            || !aggregation.filter().excludesNothing()
            || privacy.filter(PrivacySpec::central).isPresent();
    long fit = aggregation.tile() / Math.max(1, cohort.expected(members));
    if (privacy.filter(promise -> promise.mechanism() == PrivacySpec.Mechanism.TREE).isPresent()) {
      fit = Math.min(fit, Aggregation.TREE_SHARD);
    }
    long least = !measured && sumsInBatches(members) ? Aggregation.REQUEST : Aggregation.MIN_SHARD;
    long few = Math.ceilDiv(parameters * Float.BYTES, Aggregation.MOST_TILES);
    return Math.clamp(
        fit, Math.min(Math.max(least, few), aggregation.shardBytes()), aggregation.shardBytes());
  }

  /// How updates become one.
  ///
  /// @param filter excludes unusual updates before the rule sees them
  /// @param scores whether to measure how unusual each update is even where no rule needs it
  /// @param maxExamples the most examples that a member's update is weighted by: what members
  ///   report is their word
  /// @param shardBytes the most bytes of parameters that one worker folds, 5 MiB to 1 GiB
  /// @param tileBytes the most bytes of updates that one worker reads, 1 MiB to 1 TiB
  /// @param tileTime the longest that one worker may read, 1 second to 12 minutes
  public record Aggregation(
      Rule rule,
      Filter filter,
      boolean scores,
      long maxExamples,
      long shardBytes,
      long tileBytes,
      Duration tileTime) {
    /// Bytes a second that one worker is taken to read.
    public static final long BYTES_PER_SECOND = 200_000_000;

    /// Tiles of a round at most: each is some events of the workflow, whose history holds 25,000.
    public static final int MOST_TILES = 1000;

    /// Bytes that one request reads of an update.
    public static final long REQUEST = 16L << 20;

    /// Smallest shard: a part of a multipart upload.
    public static final long MIN_SHARD = 5L << 20;

    /// Largest shard: it is folded in memory.
    public static final long MAX_SHARD = 1L << 30;

    /// Largest shard with the noise of a tree, of which one worker holds up to forty float64
    /// copies.
    static final long TREE_SHARD = 8L << 20;

    private static final long MIN_TILE = 1L << 20;
    private static final long MAX_TILE = 1L << 40;

    public Aggregation {
      Check.inRange(tileBytes, MIN_TILE, MAX_TILE, "aggregation.tile-bytes");
      Check.that(
          tileTime.toSeconds() >= 1 && tileTime.compareTo(Duration.ofMinutes(12)) <= 0,
          Durations.format(tileTime) + " is not between 1 second and 12 minutes",
          "aggregation.tile-time",
          "Give a duration such as 5s or 3m: a function of AWS Lambda ends after 15 minutes");
      Check.atLeast(maxExamples, 1, "aggregation.max-examples");
      Check.inRange(shardBytes, MIN_SHARD, MAX_SHARD, "aggregation.shard-bytes");
    }

    /// Bytes of updates that one worker reads, by size and by time.
    public long tile() {
      return Math.min(tileBytes, tileTime.toSeconds() * BYTES_PER_SECOND);
    }
  }

  /// What ends a job before its last round.
  ///
  /// @param accuracy federated accuracy that is good enough
  /// @param after time since the job's start
  public record Stop(Optional<Double> accuracy, Optional<Duration> after) {
    public Stop {
      accuracy.ifPresent(value -> Check.inRange(value, 0.0, 1.0, "stop.accuracy"));
      after.ifPresent(value ->
          Check.that(
              value.toSeconds() >= 1,
              Durations.format(value) + " is below 1 second",
              "stop.after",
              "Give a duration such as 90s, 15m, 6h or 2d"));
    }
  }

  /// How long the members of a round have.
  public Duration deadline(Purpose purpose) {
    return audit
        .filter(present -> purpose == Purpose.AUDIT)
        .map(AuditSpec::deadline)
        .orElse(rounds.deadline());
  }

  /// Whether members keep something from one update to the next.
  public boolean membersKeepState() {
    return encoding.keepsError() || algorithm.keepsVectors();
  }

  /// The most examples that an update is weighted by.
  public long mostExamples() {
    return regions
        .map(present -> present.mostExamples(aggregation.maxExamples()))
        .orElseGet(aggregation::maxExamples);
  }

  public JobSpec {
    Check.that(
        version == VERSION,
        "job files of version " + version + " are not known",
        "version",
        "Write version: " + VERSION);
    Combinations.check(aggregation, encoding);
    AlgorithmDemands.check(algorithm, training, aggregation, serverOptimizer, encoding);
    buffer.ifPresent(present ->
        AlgorithmDemands.checkBuffer(
            algorithm, encoding, aggregation, cohort, privacy.isPresent()));
    Check.that(
        regions.isPresent() || simulation.flatMap(SimulationSpec::regions).isEmpty(),
        "the simulation has regions and the job is not for regions",
        "simulation.regions",
        "Add the section regions, or leave it out here");
    regions.ifPresent(present ->
        present.check(rounds.deadline(), algorithm, buffer.isPresent(), privacy.isPresent()));
    audit.ifPresent(present -> present.check(privacy, regions));
    privacy.ifPresent(promise -> {
      promise.check(cohort, aggregation, stop);
      AlgorithmDemands.checkPrivate(algorithm);
    });
  }
}
