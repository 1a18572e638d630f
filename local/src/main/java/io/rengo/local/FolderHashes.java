package io.rengo.local;

import io.rengo.protocol.ObjectStore.ObjectInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The hashes of files, computed when they are first asked for and kept for the last 10,000. What
/// is too long to have come in one piece has none.
final class FolderHashes {
  private static final int KEPT = 10_000;

  private final Map<String, String> byVersion =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > KEPT;
            }
          });

  ObjectInfo hashed(Path file, ObjectInfo info) throws IOException {
    if (info.size() > Integer.MAX_VALUE) {
      return info;
    }
    String hash = byVersion.get(info.etag());
    if (hash == null) {
      hash = FolderFiles.sha256(file);
      byVersion.put(info.etag(), hash);
    }
    return new ObjectInfo(info.key(), info.size(), info.etag(), Optional.of(hash));
  }
}
