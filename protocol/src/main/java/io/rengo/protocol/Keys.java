package io.rengo.protocol;

import io.rengo.core.seal.DataKey;
import java.nio.ByteBuffer;

/// A key service, as AWS KMS: it makes data keys and wraps them, and alone can unwrap them. Both
/// methods throw [RengoException] with [ErrorCode#SERVICE_UNAVAILABLE] or [ErrorCode#ACCESS_DENIED]
/// where the service cannot be used.
public interface Keys {
  /// A new data key, and the same as only the service can read it. Closed after use.
  record Fresh(DataKey key, ByteBuffer wrapped) implements AutoCloseable {
    @Override
    public void close() {
      key.close();
    }
  }

  /// A key that nobody has had before, for this context alone.
  Fresh generate(KeyContext context);

  /// The key that was wrapped; closed after use. Throws [ErrorCode#SEAL_BROKEN] where this service
  /// did not wrap it, or wrapped it for another context.
  DataKey unwrap(ByteBuffer wrapped, KeyContext context);
}
