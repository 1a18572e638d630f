package io.rengo.local;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.rengo.core.ContentHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// Files that appear whole: each is written aside and then moved into place. A file's version is
/// its modification time in microseconds, which is made different for each.
final class FolderFiles {
  private static final int BLOCK = 1 << 20;

  private final Path aside;
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong versions = new AtomicLong();

  FolderFiles(Path aside) throws IOException {
    this.aside = Files.createDirectories(aside);
    try (Stream<Path> leftovers = Files.list(aside)) {
      for (Path leftover : leftovers.toList()) {
        Files.delete(leftover);
      }
    }
  }

  /// Writes a file aside and returns it.
  Path write(ByteBuffer content) throws IOException {
    Path file = aside.resolve(Long.toString(written.incrementAndGet()));
    ByteBuffer rest = content.duplicate();
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
    return stamped(file);
  }

  /// Writes the files, one after another, into one aside and returns it.
  Path join(List<Path> parts) throws IOException {
    Path file = aside.resolve(Long.toString(written.incrementAndGet()));
    try (FileChannel whole = FileChannel.open(file, CREATE_NEW, WRITE)) {
      for (Path part : parts) {
        append(whole, part);
      }
    }
    return stamped(file);
  }

  /// Moves a file into place, in one step, over what is there.
  static void publish(Path file, Path place) throws IOException {
    try {
      Files.move(file, place, ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      Files.createDirectories(place.resolveSibling(""));
      Files.move(file, place, ATOMIC_MOVE);
    }
  }

  static String version(BasicFileAttributes attributes) {
    return Long.toHexString(attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS));
  }

  /// The bytes from `offset`, `length` of them or as many as there are.
  static ByteBuffer read(Path file, long offset, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ)) {
      long left = Math.max(0, channel.size() - offset);
      ByteBuffer content = ByteBuffer.allocate((int) Math.min(left, length));
      while (content.hasRemaining() && channel.read(content, offset + content.position()) >= 0) {}
      return content.flip().asReadOnlyBuffer();
    }
  }

  static String sha256(Path file) throws IOException {
    ContentHash hash = new ContentHash();
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    try (FileChannel channel = FileChannel.open(file, READ)) {
      while (channel.read(block) >= 0) {
        hash.update(block.flip());
        block.clear();
      }
    }
    return hash.hex();
  }

  private Path stamped(Path file) throws IOException {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    long version = versions.updateAndGet(last -> Math.max(last + 1, now));
    return Files.setLastModifiedTime(file, FileTime.from(version, TimeUnit.MICROSECONDS));
  }

  private static void append(FileChannel whole, Path part) throws IOException {
    try (FileChannel channel = FileChannel.open(part, READ)) {
      long size = channel.size();
      for (long done = 0; done < size; ) {
        done += channel.transferTo(done, size - done, whole);
      }
    }
  }
}
