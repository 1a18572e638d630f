package io.rengo.lambdas;

import io.rengo.core.aggregation.Measure;
import io.rengo.core.codec.Encoding;
import io.rengo.protocol.Json;
import io.rengo.protocol.KeyContext;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What the workers of a round's aggregation have to do.
///
/// @param revision 0, and one more each time that updates were excluded
/// @param baseVersion version of the model that the updates begin from
/// @param baseKey the object that holds it
/// @param baseOffset byte at which its parameters begin
/// @param upload the upload in parts that becomes the new model
/// @param rows the updates, sorted by member
/// @param former the last updates that counted of the same members, where the server takes off what
///   it had of them
/// @param factor what the mean of the updates is multiplied by
/// @param stepped whether who folds a shard takes the server optimiser's step on it at once: nobody
///   else has to see the sum, and nothing else has to be stored
/// @param tileRows number of updates that one worker folds: shards times batches of so many make
///   the tiles, numbered batch by batch and shard by shard
/// @param measure what has to be known of them before they are weighed
/// @param median whether their coordinate median is measured beside them
/// @param root the update that the server trusts, where the rule compares with one
/// @param memory the rows that the rule remembers of this round for the next, by name
/// @param before what it remembered of the last round
record Plan(
    String job,
    int round,
    int revision,
    int baseVersion,
    String baseKey,
    long baseOffset,
    String upload,
    Shards shards,
    List<Row> rows,
    List<Row> former,
    double factor,
    boolean stepped,
    int tileRows,
    Measure measure,
    boolean median,
    Optional<Row> root,
    List<String> memory,
    Optional<Memory> before) {
  /// One update: a row of the update matrix.
  ///
  /// @param sealed what it is sealed for; empty where it is not
  /// @param dataOffset byte of its content at which its data begins
  /// @param form how its values are written
  /// @param weight its examples, capped
  record Row(
      String member,
      String key,
      Optional<KeyContext> sealed,
      long dataOffset,
      Form form,
      double weight) {}

  /// How the values of an update are written.
  ///
  /// @param size number of values
  /// @param shared the seed that the members of its round share
  record Form(Encoding encoding, long size, long shared) {
    static Form of(Job job, int round) {
      return new Form(
          job.spec().encoding(), job.updateLayout().size(), Encoding.Seeds.shared(job.id(), round));
    }
  }

  /// What a rule remembers of a round.
  record Memory(int round, int revision, List<String> names) {}

  /// Partial sums that one worker adds up; of more, several add up some each, level by level.
  static final int MERGED_TOGETHER = 16;

  static Plan load(ObjectStore objects, String key) {
    return Json.read(Job.content(objects, key), Plan.class, key);
  }

  /// Number of batches of updates, 1 where there are none.
  int batches() {
    return Math.max(1, Math.ceilDiv(rows.size(), tileRows));
  }

  /// The positions among the rows of a batch's updates.
  List<Integer> batch(int batch) {
    int begin = batch * tileRows;
    return IntStream.range(begin, Math.min(begin + tileRows, rows.size())).boxed().toList();
  }

  /// Number of tiles.
  int tiles() {
    return Math.multiplyExact(shards.count(), batches());
  }

  /// The key of a batch's sum over a shard.
  String foldKey(int shard, int batch) {
    return keys().fold(round, revision, shard * batches() + batch);
  }

  /// Number of functions that merge partial sums, level by level: a tree, whose root is merged by
  /// who takes the step.
  List<Integer> merges() {
    return IntStream.rangeClosed(1, levels()).mapToObj(this::merges).toList();
  }

  /// Levels of the tree between the batches and the step.
  int levels() {
    int levels = 0;
    for (int sums = batches(); sums > MERGED_TOGETHER; levels++) {
      sums = Math.ceilDiv(sums, MERGED_TOGETHER);
    }
    return levels;
  }

  /// Number of partial sums of a shard after so many levels of merging; at 0 the batches'.
  int sums(int level) {
    int sums = batches();
    for (int i = 0; i < level; i++) {
      sums = Math.ceilDiv(sums, MERGED_TOGETHER);
    }
    return sums;
  }

  private int merges(int level) {
    return Math.multiplyExact(shards.count(), sums(level));
  }

  /// The key of a partial sum over a shard after so many levels of merging.
  String sumKey(int level, int shard, int sum) {
    return level == 0
        ? foldKey(shard, sum)
        : keys().merged(round, revision, level, shard * sums(level) + sum);
  }

  int newVersion() {
    return baseVersion + 1;
  }

  boolean measured() {
    return measure != Measure.NOTHING;
  }

  ObjectKeys keys() {
    return new ObjectKeys(job);
  }
}
