package io.rengo.lambdas;

import io.rengo.core.seal.DataKey;
import io.rengo.core.seal.WrappedKey;
import io.rengo.protocol.KeyContext;
import io.rengo.protocol.Keys;
import io.rengo.protocol.RoundKey;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// Unwraps the data keys of updates, by whomever they were wrapped. The private keys of the last
/// few rounds are remembered: the key service is asked once for all members that seal to a round.
final class DataKeys {
  private static final int REMEMBERED = 16;

  private record Wrapped(ByteBuffer key, KeyContext round) {}

  private final Keys keys;
  private final Map<Wrapped, DataKey> rounds =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Wrapped, DataKey> eldest) {
          return size() > REMEMBERED;
        }
      };

  DataKeys(Keys keys) {
    this.keys = keys;
  }

  /// The data key of an update; throws [FormatException], or [RengoException] with `SEAL_BROKEN`,
  /// where it was not wrapped for this one.
  DataKey unwrap(ByteBuffer wrapped, KeyContext update) {
    return switch (WrappedKey.read(wrapped)) {
      case WrappedKey.ByService(ByteBuffer blob) -> keys.unwrap(blob, update);
      case WrappedKey.ToRound key ->
          RoundKey.unwrap(key, round(new Wrapped(key.roundKey(), update.ofRound())), update);
    };
  }

  private DataKey round(Wrapped wrapped) {
    synchronized (rounds) {
      DataKey known = rounds.get(wrapped);
      if (known != null) {
        return known;
      }
    }
    DataKey key = keys.unwrap(wrapped.key(), wrapped.round());
    synchronized (rounds) {
      rounds.put(wrapped, key);
    }
    return key;
  }
}
