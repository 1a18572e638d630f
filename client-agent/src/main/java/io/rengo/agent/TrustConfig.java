package io.rengo.agent;

import io.rengo.agent.trust.IdentityFiles;
import io.rengo.agent.trust.OwnCertificate;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.PrivateKeys;
import java.nio.file.Path;
import java.security.cert.X509Certificate;

/// The files of a member's identity.
///
/// @param authority the federation's certificate
/// @param certificate the member's own
/// @param key its private key, encrypted
/// @param passphraseFile the file whose first line opens the key
public record TrustConfig(Path authority, Path certificate, Path key, Path passphraseFile) {
  /// As it stands in the agent's configuration.
  record Written(String authority, String certificate, String key, String passphraseFile) {}

  static TrustConfig of(Written written, Path base) {
    return new TrustConfig(
        base.resolve(written.authority()),
        base.resolve(written.certificate()),
        base.resolve(written.key()),
        base.resolve(written.passphraseFile()));
  }

  X509Certificate authorityCertificate() {
    return Pem.certificate(IdentityFiles.text(authority), authority.toString());
  }

  /// The member's key with its newest certificate.
  ///
  /// @param kept where renewed certificates go
  OwnCertificate own(Path kept) {
    char[] passphrase =
        IdentityFiles.text(passphraseFile).lines().findFirst().orElse("").toCharArray();
    return new OwnCertificate(
        PrivateKeys.decrypt(IdentityFiles.text(key), passphrase, key.toString()),
        authorityCertificate(),
        certificate,
        kept);
  }
}
