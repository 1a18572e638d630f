package io.rengo.cli;

import io.rengo.protocol.Durations;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.time.Duration;
import picocli.CommandLine.Option;

/// How long a certificate is valid.
final class LifeOption {
  @Option(
      names = "--life",
      paramLabel = "DURATION",
      description = "How long the certificate is valid (${DEFAULT-VALUE}).")
  private String life = "90d";

  Duration duration() {
    try {
      return Durations.parse(life);
    } catch (IllegalArgumentException e) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID, String.valueOf(e.getMessage()), "--life", "Give one as 90d", e);
    }
  }
}
