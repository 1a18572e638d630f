package io.rengo.local;

import io.rengo.core.ContentHash;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One version of an object in memory.
final class MemoryObject {
  private final ByteBuffer content;
  private final String etag;
  private final boolean inOnePiece;
  private volatile @Nullable String sha256;

  private MemoryObject(ByteBuffer content, String etag, boolean inOnePiece) {
    this.content = content;
    this.etag = etag;
    this.inOnePiece = inOnePiece;
  }

  /// @param content read-only, from position 0, and nobody else's
  static MemoryObject of(ByteBuffer content, String etag) {
    return new MemoryObject(content, etag, true);
  }

  static MemoryObject hashed(ByteBuffer content, String etag, String sha256) {
    MemoryObject object = of(content, etag);
    object.sha256 = sha256;
    return object;
  }

  static MemoryObject ofParts(ByteBuffer content, String etag) {
    return new MemoryObject(content, etag, false);
  }

  ByteBuffer content() {
    return content.duplicate();
  }

  String etag() {
    return etag;
  }

  int size() {
    return content.remaining();
  }

  ByteBuffer range(long offset, int length) {
    int from = (int) Math.min(offset, size());
    return content.slice(from, Math.min(length, size() - from));
  }

  ObjectInfo info(String key) {
    return new ObjectInfo(key, size(), etag, Optional.ofNullable(sha256));
  }

  ObjectInfo hashedInfo(String key) {
    if (inOnePiece && sha256 == null) {
      sha256 = ContentHash.of(content);
    }
    return info(key);
  }
}
