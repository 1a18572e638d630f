package io.rengo.protocol;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Job files of the tests' resources and of the repository's examples.
final class SampleJobs {
  private static final Path ROOT = Path.of(System.getProperty("rengo.root", ".."));
  private static final Path JOBS = ROOT.resolve("protocol/src/test/resources/jobs");
  private static final String NAME = "(.*-)?job(-.*)?\\.ya?ml";

  private SampleJobs() {}

  static Stream<Path> good() {
    return Stream.concat(files(JOBS.resolve("good"), ".*"), files(ROOT.resolve("examples"), NAME));
  }

  static Stream<Path> bad() {
    return files(JOBS.resolve("bad"), ".*");
  }

  static Path repository(String path) {
    return ROOT.resolve(path);
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the comments at a bad file's head say of the error: its field, what and mend.
  static Map<String, String> expected(Path bad) {
    return text(bad)
        .lines()
        .filter(line -> line.startsWith("# "))
        .map(line -> line.substring(2).split(": ", 2))
        .collect(toMap(pair -> pair[0], pair -> pair[1]));
  }

  private static Stream<Path> files(Path folder, String name) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found =
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.getFileName().toString().matches(name))
              .sorted()
              .toList();
      return found.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
