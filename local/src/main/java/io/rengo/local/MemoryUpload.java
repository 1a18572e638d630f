package io.rengo.local;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;

/// The parts of an upload in memory.
final class MemoryUpload {
  private final String key;
  private final NavigableMap<Integer, MemoryObject> parts = new ConcurrentSkipListMap<>();

  MemoryUpload(String key) {
    this.key = key;
  }

  String key() {
    return key;
  }

  void put(int number, MemoryObject part) {
    parts.put(number, part);
  }

  /// The parts' etags, in the order of their numbers.
  List<String> etags() {
    return parts.values().stream().map(MemoryObject::etag).toList();
  }

  /// The parts 1, 2, … in one read-only buffer, if they have these etags.
  ByteBuffer join(List<String> etags) {
    long size = 0;
    for (int i = 0; i < etags.size(); i++) {
      MemoryObject part = parts.get(i + 1);
      if (part == null || !part.etag().equals(etags.get(i))) {
        throw Uploads.otherPart(key, i + 1);
      }
      Uploads.checkSize(key, i + 1, etags.size(), part.size());
      size += part.size();
    }
    ByteBuffer whole = ByteBuffer.allocate(Uploads.inMemory(key, size));
    for (int i = 0; i < etags.size(); i++) {
      whole.put(Objects.requireNonNull(parts.get(i + 1)).content());
    }
    return whole.flip().asReadOnlyBuffer();
  }
}
