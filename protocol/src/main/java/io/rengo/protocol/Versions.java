package io.rengo.protocol;

import java.util.Optional;

/// What ran, for the ledger to name: an auditor makes both again from the sources.
///
/// @param code SHA-256, in hex, of the functions' jar
/// @param definitions SHA-256, in hex, of what `sha256sum *.asl.json` says of the state machines'
///   definitions
public record Versions(Optional<String> code, Optional<String> definitions) {
  /// Where nobody said.
  public static final Versions UNKNOWN = new Versions(Optional.empty(), Optional.empty());
}
