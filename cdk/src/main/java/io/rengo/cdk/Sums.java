package io.rengo.cdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Hashes of what is deployed, as `sha256sum` prints them, for ledgers to name.
final class Sums {
  private Sums() {}

  /// Of a file.
  static String of(Path file) {
    try {
      return sha256(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Of what `sha256sum *.asl.json` says in a folder.
  static String ofDefinitions(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> definitions =
          files.filter(file -> file.toString().endsWith(".asl.json")).sorted().toList();
      return sha256(
          definitions.stream()
              .map(file -> of(file) + "  " + file.getFileName() + "\n")
              .collect(Collectors.joining())
              .getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
