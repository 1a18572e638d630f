package io.rengo.core;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/// The hash of a model: SHA-256 of the hashes of its shards, so that workers that have a shard each
/// can make it together.
public final class ModelHash {
  private ModelHash() {}

  /// The hash in hex.
  ///
  /// @param parameters little-endian float32
  /// @param shardBytes bytes of a shard; the last may have fewer
  public static String of(ByteBuffer parameters, long shardBytes) {
    MessageDigest whole = Sha256.digest();
    int shard = (int) Math.min(parameters.remaining(), shardBytes / Float.BYTES * Float.BYTES);
    for (int at = parameters.position(); at < parameters.limit(); at += shard) {
      MessageDigest part = Sha256.digest();
      part.update(parameters.slice(at, Math.min(shard, parameters.limit() - at)));
      whole.update(part.digest());
    }
    return HexFormat.of().formatHex(whole.digest());
  }
}
