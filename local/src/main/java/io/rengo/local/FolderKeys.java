package io.rengo.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.List;

/// The way from an object's key to its path in a folder and back: each `/` begins a folder, and
/// what a file name may not hold is percent-encoded. A file's name has a dot and a folder's has
/// none, so `a` and `a/b` do not collide; where a key's last part has no dot, `.object` follows. No
/// path begins with a dot: those at the top are the store's own.
final class FolderKeys {
  private static final String SUFFIX = ".object";
  private static final String SAFE = "-_=+,@~";

  private FolderKeys() {}

  static Path path(Path root, String key) {
    List<String> parts = List.of(key.split("/", -1));
    Path folder = folder(root, parts.subList(0, parts.size() - 1));
    return folder.resolve(fileName(parts.getLast()));
  }

  /// The folder that holds all keys with this prefix, and maybe others.
  static Path folderOf(Path root, String prefix) {
    List<String> parts = List.of(prefix.split("/", -1));
    return folder(root, parts.subList(0, parts.size() - 1));
  }

  static String key(Path root, Path file) {
    Path relative = root.relativize(file);
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < relative.getNameCount() - 1; i++) {
      key.append(decode(relative.getName(i).toString())).append('/');
    }
    String name = file.getFileName().toString();
    return key.append(decode(name.endsWith(SUFFIX) ? withoutSuffix(name) : name)).toString();
  }

  private static Path folder(Path root, List<String> parts) {
    Path folder = root;
    for (String part : parts) {
      folder = folder.resolve(encode(part, false));
    }
    return folder;
  }

  private static String fileName(String part) {
    String name = encode(part, true);
    return name.contains(".") && !name.endsWith(SUFFIX) ? name : name.replace(".", "%2E") + SUFFIX;
  }

  private static String encode(String part, boolean dots) {
    if (part.isEmpty()) {
      return "%";
    }
    StringBuilder name = new StringBuilder(part.length() + 8);
    for (byte b : part.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      if (isSafe(c) || (c == '.' && dots && !name.isEmpty())) {
        name.append(c);
      } else {
        name.append("%%%02X".formatted((int) c));
      }
    }
    return name.toString();
  }

  private static boolean isSafe(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || SAFE.indexOf(c) >= 0;
  }

  private static String decode(String name) {
    return name.equals("%") ? "" : URLDecoder.decode(name.replace("+", "%2B"), UTF_8);
  }

  private static String withoutSuffix(String name) {
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
