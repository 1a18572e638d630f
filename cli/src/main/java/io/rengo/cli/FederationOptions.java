package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a federation's authority lies, and the passphrase of keys.
final class FederationOptions {
  static final String VARIABLE = "RENGO_PASSPHRASE";

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "The folder of the federation's authority (${DEFAULT-VALUE}).")
  Path folder = Path.of("federation");

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "The file whose first line is the passphrase (else: " + VARIABLE + ").")
  Optional<Path> passphraseFile = Optional.empty();

  FederationFolder open(World world) {
    return new FederationFolder(world.resolve(folder), world.clock(), new SecureRandom());
  }

  /// The authority's key: from its key service, or from the folder with the passphrase.
  SigningKey key(FederationFolder federation, World world) {
    return federation
        .remoteKey()
        .map(id -> world.operator().apply(world.environment()).keys().apply(id))
        .orElseGet(() -> federation.key(passphrase(world)));
  }

  char[] passphrase(World world) {
    try {
      if (passphraseFile.isPresent()) {
        return Files.readString(world.resolve(passphraseFile.get()))
            .lines()
            .findFirst()
            .orElse("")
            .toCharArray();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.ofNullable(world.environment().get(VARIABLE))
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.CONFIG_INVALID,
                "there is no passphrase",
                VARIABLE,
                "Name a file with --passphrase-file, or set " + VARIABLE))
        .toCharArray();
  }
}
