package io.rengo.lambdas;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

  /// SHA-256 of bytes, in hex.
  static String hash(ByteBuffer bytes) {
    MessageDigest digest = sha256();
    digest.update(bytes.duplicate());
    return HexFormat.of().formatHex(digest.digest());
  }

  /// The hash of a model from the hashes of its shards.
  static String hash(List<String> shardHashes) {
    MessageDigest digest = sha256();
    shardHashes.forEach(hash -> digest.update(HexFormat.of().parseHex(hash)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
