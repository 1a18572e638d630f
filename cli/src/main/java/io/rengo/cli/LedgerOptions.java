package io.rengo.cli;

import io.rengo.protocol.audit.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which job's ledger, and whom to believe.
final class LedgerOptions {
  @Parameters(paramLabel = "JOB", description = "The job's id.")
  private String job = "";

  @Option(
      names = "--authority",
      paramLabel = "FILE",
      description = "The authority's certificate: then signatures are proven too.")
  private Optional<Path> authority = Optional.empty();

  @Mixin private PlaceOptions place = new PlaceOptions();

  String job() {
    return job;
  }

  /// Whether signatures are proven.
  boolean provesSignatures() {
    return authority.isPresent();
  }

  /// The ledger's pages, once they are proven.
  List<Page> verify(World world) {
    try (Jobs jobs = place.open(world)) {
      return Ledgers.verify(jobs, job, authority.map(world::resolve));
    }
  }
}
