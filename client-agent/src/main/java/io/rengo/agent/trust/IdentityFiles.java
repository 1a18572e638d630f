package io.rengo.agent.trust;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files of a member's identity.
public final class IdentityFiles {
  private IdentityFiles() {}

  /// A file's text; throws [ErrorCode#CONFIG_INVALID] where it cannot be read.
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "the file cannot be read: " + e.getMessage(),
          file.toString(),
          "Put the files of `rengo member kit` and `rengo member request` beside the configuration",
          e);
    }
  }
}
