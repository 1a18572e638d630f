package io.rengo.agent.state;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// State in a folder: one file for each job, name and round, `JOB/NAME-ROUND.state`. A file is
/// written beside its place, forced to the disk and moved there, so that it is whole or not there.
public final class FolderState implements MemberState {
  private static final Logger LOG = LoggerFactory.getLogger(FolderState.class);
  private static final Pattern FILE = Pattern.compile("(.+)-(\\d{6})\\.state");

  private final Path folder;

  public FolderState(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<double[]> load(String job, String name, int round) {
    Path file = file(job, name, round);
    try (FileChannel channel = FileChannel.open(file)) {
      Optional<double[]> values = StateFile.read(channel);
      if (values.isEmpty()) {
        LOG.warn("{} is broken and is left out", file);
      }
      return values;
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  @Override
  public void save(String job, String name, int round, double[] values, int oldest) {
    Path file = file(job, name, round);
    Path written = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(folder.resolve(job));
      try (FileChannel channel = FileChannel.open(written, CREATE, WRITE, TRUNCATE_EXISTING)) {
        StateFile.write(channel, values);
        channel.force(true);
      }
      Files.move(written, file, ATOMIC_MOVE);
      forget(folder.resolve(job), name, oldest);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static void forget(Path job, String name, int oldest) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(job)) {
      files = listed.toList();
    }
    for (Path file : files) {
      Matcher matcher = FILE.matcher(file.getFileName().toString());
      if (matcher.matches()
          && matcher.group(1).equals(name)
          && Integer.parseInt(matcher.group(2)) < oldest) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Path file(String job, String name, int round) {
    return folder.resolve(job).resolve(String.format(Locale.ROOT, "%s-%06d.state", name, round));
  }

  private static RengoException failed(Path file, IOException e) {
    return new RengoException(
        ErrorCode.CONFIG_INVALID,
        "the member's state cannot be kept: " + e,
        file.toString(),
        "Let the agent write to its work folder, and see whether the disk is full",
        e);
  }
}
