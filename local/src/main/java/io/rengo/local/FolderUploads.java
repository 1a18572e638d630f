package io.rengo.local;

import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// The uploads in a folder that are not complete: a folder for each, with its key and its parts.
/// They outlive the process, as those in Amazon S3 do.
final class FolderUploads {
  private static final String KEY = "key";

  private final Path folder;
  private final FolderFiles files;

  FolderUploads(Path folder, FolderFiles files) {
    this.folder = folder;
    this.files = files;
  }

  String open(String key) throws IOException {
    String id = UUID.randomUUID().toString();
    Files.createDirectories(folder.resolve(id));
    Files.writeString(folder.resolve(id).resolve(KEY), key);
    return id;
  }

  String put(String key, String id, int number, ByteBuffer content) throws IOException {
    Path upload = find(key, id);
    Path part = files.write(content);
    String etag = version(part);
    FolderFiles.publish(part, upload.resolve(Integer.toString(number)));
    return etag;
  }

  /// The parts' etags, in the order of their numbers.
  List<String> etags(String key, String id) throws IOException {
    try (Stream<Path> files = Files.list(find(key, id))) {
      List<Path> parts =
          files
              .filter(file -> !file.endsWith(KEY))
              .sorted(Comparator.comparingInt(FolderUploads::number))
              .toList();
      List<String> etags = new ArrayList<>();
      for (Path part : parts) {
        etags.add(version(part));
      }
      return List.copyOf(etags);
    }
  }

  private static int number(Path part) {
    return Integer.parseInt(part.getFileName().toString());
  }

  /// The parts in one file aside; a single part is that file itself.
  Path join(String key, String id, List<String> etags) throws IOException {
    Path upload = find(key, id);
    List<Path> parts = new ArrayList<>();
    for (int number = 1; number <= etags.size(); number++) {
      Path part = upload.resolve(Integer.toString(number));
      if (!Files.exists(part) || !version(part).equals(etags.get(number - 1))) {
        throw Uploads.otherPart(key, number);
      }
      Uploads.checkSize(key, number, etags.size(), Files.size(part));
      parts.add(part);
    }
    return parts.size() == 1 ? parts.getFirst() : files.join(parts);
  }

  void remove(String id) throws IOException {
    Path upload = folder.resolve(id);
    if (Files.isDirectory(upload)) {
      try (Stream<Path> parts = Files.list(upload)) {
        for (Path part : parts.toList()) {
          Files.deleteIfExists(part);
        }
      }
      Files.deleteIfExists(upload);
    }
  }

  private Path find(String key, String id) throws IOException {
    Path upload = folder.resolve(UUID.fromString(id).toString());
    try {
      if (Files.readString(upload.resolve(KEY)).equals(key)) {
        return upload;
      }
    } catch (NoSuchFileException e) {
      RengoException missing = Uploads.missing(key, id);
      missing.initCause(e);
      throw missing;
    }
    throw Uploads.missing(key, id);
  }

  private static String version(Path part) throws IOException {
    return FolderFiles.version(Files.readAttributes(part, BasicFileAttributes.class));
  }
}
