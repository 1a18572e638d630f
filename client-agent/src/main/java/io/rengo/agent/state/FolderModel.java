package io.rengo.agent.state;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps models in a folder, one file for each job: `JOB/model-VERSION.f32`. A folder that cannot
/// be written costs the bytes of whole models and nothing else.
public final class FolderModel implements KeptModel {
  private static final Logger LOG = LoggerFactory.getLogger(FolderModel.class);
  private static final Pattern FILE = Pattern.compile("model-(\\d{6})\\.f32");

  private final Path folder;

  public FolderModel(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<Model> of(String job) {
    try {
      List<Path> files = files(job);
      if (!files.isEmpty()) {
        Path file = files.getLast();
        return Optional.of(
            new Model(version(file), ByteBuffer.wrap(Files.readAllBytes(file)).asReadOnlyBuffer()));
      }
    } catch (IOException e) {
      LOG.warn("the last model of job {} cannot be read: {}", job, e.toString());
    }
    return Optional.empty();
  }

  @Override
  public void keep(String job, int version, ByteBuffer parameters) {
    Path file = folder.resolve(job).resolve(String.format(Locale.ROOT, "model-%06d.f32", version));
    Path written = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(folder.resolve(job));
      List<Path> former = files(job);
      try (FileChannel channel =
          FileChannel.open(
              written,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer content = parameters.duplicate();
        while (content.hasRemaining()) {
          channel.write(content);
        }
      }
      Files.move(written, file, ATOMIC_MOVE);
      for (Path old : former) {
        if (!old.equals(file)) {
          Files.deleteIfExists(old);
        }
      }
    } catch (IOException e) {
      LOG.warn("the model of job {} cannot be kept: {}", job, e.toString());
    }
  }

  private List<Path> files(String job) throws IOException {
    Path of = folder.resolve(job);
    if (!Files.isDirectory(of)) {
      return List.of();
    }
    try (Stream<Path> listed = Files.list(of)) {
      return listed
          .filter(file -> FILE.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  private static int version(Path file) {
    Matcher matcher = FILE.matcher(file.getFileName().toString());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
