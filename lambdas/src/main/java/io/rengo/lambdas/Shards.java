package io.rengo.lambdas;

import io.rengo.core.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/// How a model is cut into shards: contiguous ranges of its flat vector, each but the last of the
/// same size.
///
/// @param parameters number of parameters of the model
/// @param shardParameters number of parameters of a shard
record Shards(long parameters, int shardParameters) {
  static Shards of(long parameters, long shardBytes) {
    return new Shards(parameters, Math.toIntExact(Math.min(parameters, shardBytes / Float.BYTES)));
  }

  int count() {
    return Math.toIntExact((parameters + shardParameters - 1) / shardParameters);
  }

  /// Index of the first parameter of a shard.
  long begin(int shard) {
    return (long) shard * shardParameters;
  }

  /// Number of parameters of a shard.
  int length(int shard) {
    return Math.toIntExact(Math.min(shardParameters, parameters - begin(shard)));
  }

  /// The hash of a model from the hashes of its shards.
  static String hash(List<String> shardHashes) {
    MessageDigest digest = Sha256.digest();
    shardHashes.forEach(hash -> digest.update(HexFormat.of().parseHex(hash)));
    return HexFormat.of().formatHex(digest.digest());
  }
}
