package io.rengo.lambdas;

import io.rengo.protocol.Json;
import io.rengo.protocol.KeyContext;
import io.rengo.protocol.ObjectStore;
import java.util.List;
import java.util.Optional;

/// What the workers of a round's aggregation have to do.
///
/// @param revision 0, and one more each time that updates were excluded
/// @param baseVersion version of the model that the updates begin from
/// @param baseKey the object that holds it
/// @param baseOffset byte at which its parameters begin
/// @param upload the upload in parts that becomes the new model
/// @param rows the updates, sorted by member
record Plan(
    String job,
    int round,
    int revision,
    int baseVersion,
    String baseKey,
    long baseOffset,
    String upload,
    Shards shards,
    List<Row> rows) {
  /// One update: a row of the update matrix.
  ///
  /// @param sealed what it is sealed for; empty where it is not
  /// @param dataOffset byte of its content at which its parameters begin
  record Row(
      String member, String key, Optional<KeyContext> sealed, long dataOffset, double weight) {}

  static Plan load(ObjectStore objects, String key) {
    return Json.read(Job.content(objects, key), Plan.class, key);
  }

  int newVersion() {
    return baseVersion + 1;
  }
}
