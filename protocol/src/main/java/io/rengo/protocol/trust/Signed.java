package io.rengo.protocol.trust;

import java.nio.charset.StandardCharsets;

/// A message as it was signed: its text to the byte, and who says so.
///
/// @param version of this envelope, now 1
/// @param body the message's JSON text
/// @param certificate of the signer, DER in base64
/// @param signature ECDSA with SHA-256 over the kind and the body, DER in base64
public record Signed(int version, Kind kind, String body, String certificate, String signature) {
  /// The version that this program writes and understands.
  public static final int VERSION = 1;

  /// What is signed.
  public static byte[] content(Kind kind, String body) {
    return ("rengo/signed/1\n" + kind + "\n" + body).getBytes(StandardCharsets.UTF_8);
  }
}
