package io.rengo.agent.trust;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.Identity;
import io.rengo.protocol.trust.KeySigner;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The member's key with the newest of its certificates: the one that it was given, or a renewed
/// one. The files are looked at for each signature, so a certificate that is put in place of
/// another counts without a restart, as long as it is for the same key.
public final class OwnCertificate implements Signer {
  private final PrivateKey key;
  private final X509Certificate authority;
  private final Path given;
  private final Path kept;
  private final PublicKey publicKey;

  /// @param authority the federation's certificate
  /// @param given the file that the configuration names
  /// @param kept the file for the newest certificate, made where there is none
  public OwnCertificate(PrivateKey key, X509Certificate authority, Path given, Path kept) {
    this.key = key;
    this.authority = authority;
    this.given = given;
    this.kept = kept;
    this.publicKey = Pem.certificate(IdentityFiles.text(given), given.toString()).getPublicKey();
  }

  @Override
  public X509Certificate certificate() {
    return Stream.of(given, kept)
        .map(this::read)
        .flatMap(Optional::stream)
        .max(Comparator.comparing(X509Certificate::getNotAfter))
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.CONFIG_INVALID,
                "the member's certificate is none for its key",
                given.toString(),
                "Put member.pem and member.key of one request beside each other, and restart"));
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] content) {
    return new KeySigner(key, certificate()).sign(content);
  }

  /// Who the newest certificate is about.
  public Identity identity() {
    return Identity.of(certificate());
  }

  /// Keeps a certificate if it is the federation's for the same holder and key, and lasts longer;
  /// says whether it did.
  public boolean renew(String pem, String where) {
    X509Certificate fresh = Pem.certificate(pem, where);
    if (!fresh.getNotAfter().after(certificate().getNotAfter())) {
      return false;
    }
    Identity holder = Identity.of(fresh);
    boolean same =
        fresh.getPublicKey().equals(publicKey)
            && holder.name().equals(identity().name())
            && holder.role() == identity().role();
    if (!same || !isIssued(fresh)) {
      throw new RengoException(
          ErrorCode.CERTIFICATE_UNTRUSTED,
          "the renewed certificate is not the federation's for this member and its key",
          where,
          "Ask the federation's operator for `rengo member renew`");
    }
    write(pem);
    return true;
  }

  /// Lays the newest certificate where helpers find it that read files.
  public void keep() {
    X509Certificate newest = certificate();
    if (read(kept).filter(newest::equals).isEmpty()) {
      write(IdentityFiles.text(given));
    }
  }

  private boolean isIssued(X509Certificate certificate) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// What lies in a file, where it is a certificate for this key.
  private Optional<X509Certificate> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Pem.certificate(IdentityFiles.text(file), file.toString()))
          .filter(certificate -> certificate.getPublicKey().equals(publicKey));
    } catch (RengoException e) {
      return Optional.empty();
    }
  }

  private void write(String pem) {
    Path next = kept.resolveSibling(kept.getFileName() + ".new");
    try {
      Files.createDirectories(kept.toAbsolutePath().resolveSibling(""));
      Files.writeString(next, pem);
      Files.move(next, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
