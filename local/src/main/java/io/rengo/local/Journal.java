package io.rengo.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.rengo.local.MemoryRecordStore.Held;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The commits of a record store, one to a line, each a JSON array of records. What follows the
/// last line's end was cut off by the end of the process that wrote it, and is no commit. It is
/// written through a file and not a channel, which an interrupted thread would close for all.
final class Journal implements AutoCloseable {
  private final Path file;
  private @Nullable RandomAccessFile open;

  Journal(Path file) {
    this.file = file;
  }

  List<Held> read() throws IOException {
    List<Held> held = new ArrayList<>();
    if (Files.exists(file)) {
      String text = Files.readString(file);
      int number = 1;
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        held.addAll(parse(line, number++));
      }
    }
    return held;
  }

  /// Replaces the journal by one that holds these records and no history, and opens it.
  void rewrite(List<Held> held) throws IOException {
    close();
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try (OutputStream whole = new BufferedOutputStream(Files.newOutputStream(next))) {
      for (Held one : held) {
        whole.write(line(List.of(one)));
      }
    }
    Files.move(next, file, ATOMIC_MOVE);
    open = new RandomAccessFile(file.toFile(), "rw");
  }

  void append(List<Held> made) throws IOException {
    if (open == null) {
      throw new IOException("the journal is closed");
    }
    long end = open.length();
    try {
      open.seek(end);
      open.write(line(made));
    } catch (IOException e) {
      open.setLength(end);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  private static byte[] line(List<Held> records) {
    return (JournalLine.format(records) + "\n").getBytes(UTF_8);
  }

  private List<Held> parse(String line, int number) {
    try {
      return JournalLine.parse(line);
    } catch (IOException | RuntimeException e) {
      throw new RengoException(
          ErrorCode.DATA_INVALID,
          "the journal is damaged: " + e.getMessage(),
          file + " line " + number,
          "Restore the file, or begin with an empty folder",
          e);
    }
  }
}
