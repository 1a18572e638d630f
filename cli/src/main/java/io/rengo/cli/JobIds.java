package io.rengo.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Ids for jobs whose caller gives none: the job file's name and the time.
final class JobIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LONGEST = 40;

  private JobIds() {}

  /// `job.yaml` takes its folder's name; every other file its own.
  static String fresh(Path file, Instant now) {
    String own = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    String name =
        own.equals("job")
            ? Optional.ofNullable(file.toAbsolutePath().normalize().getParent())
                .map(Path::getFileName)
                .map(Path::toString)
                .orElse(own)
            : own;
    return fresh(name, now);
  }

  static String fresh(String name, Instant now) {
    String plain = name.replaceAll("[^A-Za-z0-9_-]+", "-").replaceFirst("^[-_]+", "");
    String begin = plain.isEmpty() ? "job" : plain.substring(0, Math.min(LONGEST, plain.length()));
    return begin + "-" + TIME.format(now);
  }
}
