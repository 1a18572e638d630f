package io.rengo.local;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Objects as files of a folder, which one process owns at a time. A process that is killed leaves
/// whole objects and none by half; nothing is forced to the disk, so a power failure may lose the
/// newest.
public final class FolderObjectStore implements ObjectStore, AutoCloseable {
  private final Path root;
  private final FolderLock owner;
  private final FolderFiles files;
  private final FolderUploads uploads;
  private final FolderHashes hashes = new FolderHashes();
  private final Consumer<ObjectInfo> stored;
  private final List<ReadWriteLock> locks =
      Stream.<ReadWriteLock>generate(ReentrantReadWriteLock::new).limit(64).toList();

  /// @param root the folder; it is made where it does not exist. Throws [ErrorCode#CONFLICT] where
  ///   another process uses it
  /// @param stored is told of each object that is stored, in the thread that stores it
  public FolderObjectStore(Path root, Consumer<ObjectInfo> stored) {
    this.root = root;
    this.stored = stored;
    owner = Disk.at(root, () -> FolderLock.take(root));
    files = Disk.at(root, () -> new FolderFiles(root.resolve(".tmp")));
    uploads = new FolderUploads(root.resolve(".uploads"), files);
  }

  @Override
  public Optional<StoredObject> get(String key) {
    Path file = path(key);
    Lock reading = lock(key).readLock();
    reading.lock();
    try {
      return find(key).map(info -> new StoredObject(read(file, 0, whole(info)), info.etag()));
    } finally {
      reading.unlock();
    }
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    return find(key).map(info -> Disk.at(path(key), () -> hashes.hashed(path(key), info)));
  }

  @Override
  public ByteBuffer range(String key, long offset, int length) {
    return read(path(key), offset, length);
  }

  @Override
  public Put putOnce(String key, ByteBuffer content) {
    boolean done =
        find(key).isEmpty() && publish(key, Optional.empty(), () -> files.write(content));
    return done ? Put.STORED : Put.ALREADY_THERE;
  }

  @Override
  public boolean compareAndSwap(String key, Optional<String> etag, ByteBuffer content) {
    return find(key).map(ObjectInfo::etag).equals(etag)
        && publish(key, etag, () -> files.write(content));
  }

  @Override
  public String openUpload(String key) {
    return Disk.at(root, () -> uploads.open(key));
  }

  @Override
  public String uploadPart(String key, String uploadId, int number, ByteBuffer content) {
    return Disk.at(root, () -> uploads.put(key, uploadId, number, content));
  }

  @Override
  public List<String> uploadedParts(String key, String uploadId) {
    return Disk.at(root, () -> uploads.etags(key, uploadId));
  }

  @Override
  public Put completeUpload(String key, String uploadId, List<String> etags) {
    boolean done =
        find(key).isEmpty()
            && publish(key, Optional.empty(), () -> uploads.join(key, uploadId, etags));
    Disk.run(root, () -> uploads.remove(uploadId));
    return done ? Put.STORED : Put.ALREADY_THERE;
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    return Disk.at(root, () -> FolderListing.of(root, prefix));
  }

  @Override
  public void delete(String key) {
    Disk.run(path(key), () -> Files.deleteIfExists(path(key)));
  }

  /// Lets go of the folder.
  @Override
  public void close() {
    Disk.run(root, owner::close);
  }

  private boolean publish(String key, Optional<String> expected, Disk.Read<Path> written) {
    Path place = path(key);
    Path file = Disk.at(place, written);
    Lock writing = lock(key).writeLock();
    writing.lock();
    try {
      if (!find(key).map(ObjectInfo::etag).equals(expected)) {
        Disk.run(file, () -> Files.deleteIfExists(file));
        return false;
      }
      Disk.run(place, () -> FolderFiles.publish(file, place));
    } finally {
      writing.unlock();
    }
    find(key).ifPresent(stored);
    return true;
  }

  private Optional<ObjectInfo> find(String key) {
    Path file = path(key);
    return Disk.at(
        file,
        () -> {
          try {
            return Optional.of(
                FolderListing.info(key, Files.readAttributes(file, BasicFileAttributes.class)));
          } catch (NoSuchFileException e) {
            return Optional.empty();
          }
        });
  }

  private ByteBuffer read(Path file, long offset, int length) {
    return Disk.at(file, () -> FolderFiles.read(file, offset, length));
  }

  private static int whole(ObjectInfo info) {
    if (info.size() > Integer.MAX_VALUE - 8) {
      throw new RengoException(
          ErrorCode.DATA_INVALID,
          info.size() + " bytes do not fit into one buffer",
          info.key(),
          "Read the object in ranges");
    }
    return (int) info.size();
  }

  private Path path(String key) {
    return FolderKeys.path(root, key);
  }

  private ReadWriteLock lock(String key) {
    return locks.get(Math.floorMod(key.hashCode(), locks.size()));
  }
}
