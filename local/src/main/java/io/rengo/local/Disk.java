package io.rengo.local;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What is done on a disk, with its errors as ours.
final class Disk {
  /// Something that reads or writes and returns a result.
  interface Read<T> {
    T get() throws IOException;
  }

  /// Something that reads or writes.
  interface Write {
    void run() throws IOException;
  }

  private Disk() {}

  static <T> T at(Path path, Read<T> action) {
    try {
      return action.get();
    } catch (NoSuchFileException e) {
      throw new RengoException(
          ErrorCode.OBJECT_MISSING, "there is no object", path.toString(), "Store it first", e);
    } catch (IOException e) {
      throw new RengoException(
          ErrorCode.SERVICE_UNAVAILABLE,
          "the folder cannot be used: " + e,
          path.toString(),
          "Check its permissions and the space on the disk",
          e);
    }
  }

  static void run(Path path, Write action) {
    boolean unused =
        at(
            path,
            () -> {
              action.run();
              return true;
            });
  }
}
