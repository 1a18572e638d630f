package io.rengo.cli;

import io.rengo.protocol.ObjectKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The folder that keeps the runs of simulations, each in a folder with the job's id as its name.
record Runs(Path path) {
  RunFolder run(String job) {
    return new RunFolder(path.resolve(new ObjectKeys(job).job()));
  }

  /// All runs, the newest first.
  List<RunRecord> all() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(path)) {
      return folders
          .filter(folder -> ObjectKeys.isJobId(folder.getFileName().toString()))
          .flatMap(folder -> new RunFolder(folder).read().stream())
          .sorted(Comparator.comparing(RunRecord::started).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
