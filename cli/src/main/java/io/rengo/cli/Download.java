package io.rengo.cli;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// An object fetched into a file, block by block: it need not fit into memory.
final class Download {
  private static final int BLOCK = 16 << 20;

  private Download() {}

  /// Fetches the object, and returns its size, or empty where there is none. The file appears when
  /// it is whole.
  static Optional<Long> of(ObjectStore objects, String key, Path file) {
    Optional<ObjectInfo> info = objects.head(key);
    info.ifPresent(object -> {
      try {
        fetch(objects, object, file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    return info.map(ObjectInfo::size);
  }

  private static void fetch(ObjectStore objects, ObjectInfo object, Path file) throws IOException {
    Path folder = file.toAbsolutePath().resolveSibling("");
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "." + file.getFileName(), ".part");
    try {
      try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
        for (long offset = 0; offset < object.size(); ) {
          ByteBuffer block = objects.range(object.key(), offset, BLOCK);
          if (!block.hasRemaining()) {
            throw new RengoException(
                ErrorCode.SERVICE_UNAVAILABLE,
                "the object ended after " + offset + " of " + object.size() + " bytes",
                object.key(),
                "Try again");
          }
          offset += block.remaining();
          while (block.hasRemaining()) {
            out.write(block);
          }
        }
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
