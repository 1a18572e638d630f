package io.rengo.lambdas;

import io.rengo.core.FormatException;
import io.rengo.core.Values;
import io.rengo.core.codec.Encoding;
import io.rengo.core.seal.DataKey;
import io.rengo.core.seal.SealedHeader;
import io.rengo.core.seal.Unsealer;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.KeyContext;
import io.rengo.protocol.Keys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The contents of payloads, sealed or not: the only place that opens seals. The keys of the last
/// few payloads are remembered, since every tile of a round asks for the same ones.
final class Contents {
  /// Payloads whose keys are remembered.
  private static final int REMEMBERED = 256;

  private final ObjectStore objects;
  private final DataKeys keys;
  private final Map<String, Unsealer> opened =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Unsealer> eldest) {
          return size() > REMEMBERED;
        }
      };

  Contents(ObjectStore objects, Keys keys) {
    this.objects = objects;
    this.keys = new DataKeys(keys);
  }

  /// The header of a sealed payload, or empty where it is not sealed. Throws [FormatException]
  /// where it is broken.
  Optional<SealedHeader> header(String key, long objectSize) {
    ByteBuffer prefix = objects.range(key, 0, SealedHeader.MAX);
    return SealedHeader.isSealed(prefix)
        ? Optional.of(SealedHeader.read(prefix, objectSize))
        : Optional.empty();
  }

  /// `length` bytes of a payload's content from `offset`. Throws [RengoException] with
  /// `SEAL_BROKEN` where it is not what was sealed.
  ///
  /// @param sealed what it was sealed for; empty where it is not sealed
  ByteBuffer range(String key, Optional<KeyContext> sealed, long offset, int length) {
    if (sealed.isEmpty()) {
      return objects.range(key, offset, length);
    }
    try {
      return unsealer(key, sealed.get())
          .open(offset, length, (at, bytes) -> objects.range(key, at, bytes));
    } catch (FormatException e) {
      throw broken(key, e);
    }
  }

  /// A payload's data, from the byte of its content at which it begins.
  Encoding.Data data(String key, Optional<KeyContext> sealed, long begin) {
    return (offset, length) ->
        (length == 0 ? ByteBuffer.allocate(0) : range(key, sealed, begin + offset, length))
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  /// float32 values of a sealed payload's content from byte `offset` on, opened as they are asked
  /// for: a broken seal shows then, as a [FormatException].
  Values values(String key, KeyContext sealed, long offset, int count) {
    try {
      return unsealer(key, sealed)
          .values(offset, count, (at, bytes) -> objects.range(key, at, bytes));
    } catch (FormatException e) {
      throw broken(key, e);
    }
  }

  private Unsealer unsealer(String key, KeyContext context) {
    synchronized (opened) {
      Unsealer known = opened.get(key);
      if (known != null) {
        return known;
      }
    }
    long size = objects.head(key).map(ObjectStore.ObjectInfo::size).orElse(0L);
    SealedHeader header =
        header(key, size)
            .orElseThrow(() -> broken(key, new FormatException(0, "the payload is not sealed")));
    try (DataKey dataKey = keys.unwrap(header.wrappedKey(), context)) {
      Unsealer unsealer = new Unsealer(header, dataKey, context.bytes());
      synchronized (opened) {
        opened.put(key, unsealer);
      }
      return unsealer;
    }
  }

  private static RengoException broken(String key, FormatException e) {
    return new RengoException(
        ErrorCode.SEAL_BROKEN,
        String.valueOf(e.getMessage()),
        key,
        "Let the member send its update again in the next round; see who could write there",
        e);
  }
}
