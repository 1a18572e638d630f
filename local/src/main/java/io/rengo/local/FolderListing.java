package io.rengo.local;

import io.rengo.protocol.ObjectStore.ObjectInfo;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What is in a folder of objects, in the order of the keys.
final class FolderListing extends SimpleFileVisitor<Path> {
  private final Path root;
  private final String prefix;
  private final List<ObjectInfo> found = new ArrayList<>();

  private FolderListing(Path root, String prefix) {
    this.root = root;
    this.prefix = prefix;
  }

  static List<ObjectInfo> of(Path root, String prefix) throws IOException {
    FolderListing listing = new FolderListing(root, prefix);
    Files.walkFileTree(FolderKeys.folderOf(root, prefix), listing);
    listing.found.sort(Comparator.comparing(ObjectInfo::key));
    return List.copyOf(listing.found);
  }

  static ObjectInfo info(String key, BasicFileAttributes attributes) {
    return new ObjectInfo(
        key, attributes.size(), FolderFiles.version(attributes), Optional.empty());
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    return isOwn(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (!isOwn(file)) {
      String key = FolderKeys.key(root, file);
      if (key.startsWith(prefix)) {
        found.add(info(key, attributes));
      }
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException gone) {
    return FileVisitResult.CONTINUE;
  }

  private boolean isOwn(Path path) {
    return !path.equals(root) && path.getFileName().toString().startsWith(".");
  }
}
