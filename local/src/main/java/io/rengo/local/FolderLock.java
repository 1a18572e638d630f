package io.rengo.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The ownership of a folder by one process: a lock on its file `.lock`, which the system lifts
/// when the process ends, however it ends. Within the process a set says who owns what, since
/// closing a second channel of the file would lift the lock.
final class FolderLock implements AutoCloseable {
  private static final Set<Path> OWNED = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static FolderLock take(Path folder) throws IOException {
    Path real = Files.createDirectories(folder).toRealPath();
    if (!OWNED.add(real)) {
      throw taken(folder, "this process");
    }
    try {
      return new FolderLock(real, lock(real));
    } catch (IOException | RuntimeException e) {
      OWNED.remove(real);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      OWNED.remove(folder);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel = FileChannel.open(folder.resolve(".lock"), CREATE, READ, WRITE);
    try {
      if (channel.tryLock() == null) {
        throw taken(folder, "process " + owner(channel));
      }
      channel.truncate(0).write(UTF_8.encode(Long.toString(ProcessHandle.current().pid())), 0);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(20);
    channel.read(pid, 0);
    return UTF_8.decode(pid.flip()).toString();
  }

  private static RengoException taken(Path folder, String owner) {
    return new RengoException(
        ErrorCode.CONFLICT,
        "the folder is in use by " + owner,
        folder.toString(),
        "Wait until it has ended, stop it, or take another folder");
  }
}
