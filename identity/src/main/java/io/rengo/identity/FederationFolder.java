package io.rengo.identity;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.Json;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.Identity;
import io.rengo.protocol.trust.KeySigner;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.PrivateKeys;
import io.rengo.protocol.trust.Role;
import io.rengo.protocol.trust.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// What an operator keeps of a federation: the authority's certificate, its key (encrypted, or by
/// the id that a key service knows it by), the register of certificates, the certificates, and the
/// list of revoked ones.
public record FederationFolder(Path folder, InstantSource clock, SecureRandom random) {
  /// The name of the certificate by which the federation's own functions sign.
  public static final String COORDINATOR = "coordinator";

  private static final Duration LIST_LIFE = Duration.ofDays(90);

  /// Makes a new federation whose authority's key lies in the folder, under a passphrase; refuses a
  /// folder that holds one.
  public void init(String federation, char[] passphrase) {
    checkNew(federation);
    checkPassphrase(passphrase);
    KeyPair keys = Keys.make(random);
    String encrypted = Keys.encrypt(keys.getPrivate(), passphrase, random);
    found(federation, Keys.signing(keys), () -> SafeFiles.write(keyFile(), encrypted));
  }

  /// Makes a new federation whose authority's key lies in a key service and never leaves it.
  ///
  /// @param id by which the service knows the key
  public void init(String federation, String id, SigningKey key) {
    checkNew(federation);
    found(federation, key, () -> SafeFiles.write(remoteKeyFile(), id + "\n"));
  }

  private void checkNew(String federation) {
    new Federation(federation);
    if (Files.exists(authorityFile())) {
      throw error(
          "the folder holds a federation already",
          authorityFile(),
          "Name another folder, or use the federation that is there");
    }
  }

  private void found(String federation, SigningKey key, Runnable keep) {
    Authority authority = Authority.make(federation, key, clock.instant(), random);
    keep.run();
    save(authority, new Register(Register.VERSION, federation, 0, java.util.List.of()));
    SafeFiles.write(authorityFile(), pem(authority.certificate()));
  }

  /// By which a key service knows the authority's key; empty where the key lies in the folder.
  public Optional<String> remoteKey() {
    return Files.exists(remoteKeyFile())
        ? Optional.of(SafeFiles.read(remoteKeyFile()).strip())
        : Optional.empty();
  }

  /// The authority's key, where it lies in the folder.
  public SigningKey key(char[] passphrase) {
    return new KeySigner(
        PrivateKeys.decrypt(SafeFiles.read(keyFile()), passphrase, keyFile().toString()),
        authority());
  }

  /// Issues what a request asks for. A name that has a good certificate gets none for another key.
  ///
  /// @param life how long the certificate is valid
  /// @param key the authority's
  public X509Certificate approve(Request request, Duration life, SigningKey key) {
    Subject subject = request.subject();
    if (register().good(subject.name(), clock.instant()).isPresent()) {
      throw error(
          "«" + subject.name() + "» has a certificate that is still good",
          registerFile(),
          "Renew it with `rengo member renew`, or revoke it first");
    }
    return issue(subject, request.publicKey(), life, key);
  }

  /// Certifies the key by which the federation's own functions sign.
  ///
  /// @param holder the functions' key
  public X509Certificate certifyCoordinator(PublicKey holder, Duration life, SigningKey key) {
    return issue(
        new Subject(COORDINATOR, Role.COORDINATOR, register().federation()), holder, life, key);
  }

  /// Whether a certificate is one of this federation for its functions' key, and good for a while.
  public boolean isCoordinator(String pem, PublicKey key) {
    X509Certificate certificate = Pem.certificate(pem, COORDINATOR);
    return certificate.getPublicKey().equals(key)
        && certificate.getIssuerX500Principal().equals(authority().getSubjectX500Principal())
        && certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(LIST_LIFE));
  }

  /// Issues another certificate for the same holder and key.
  public X509Certificate renew(String name, Duration life, SigningKey key) {
    Register.Entry entry = good(name);
    X509Certificate former = certificate(name);
    Subject subject = new Subject(entry.name(), entry.role(), entry.organisation());
    return issue(subject, former.getPublicKey(), life, key);
  }

  /// Revokes every good certificate of a name and makes a new list.
  public void revoke(String name, SigningKey key) {
    Instant now = clock.instant();
    good(name);
    save(
        new Authority(authority(), key),
        register()
            .change(entry ->
                entry.name().equals(name) && entry.isGood(now) ? entry.revokedAt(now) : entry));
  }

  /// Makes a new list of revoked certificates, which the next one must follow within its life.
  public void refresh(SigningKey key) {
    save(new Authority(authority(), key), register());
  }

  /// After which nobody goes by the list of revoked certificates any more.
  public Instant listEnds() {
    return Pem.crl(SafeFiles.read(revokedFile()), revokedFile().toString())
        .getNextUpdate()
        .toInstant();
  }

  /// All certificates.
  public Register register() {
    return Json.read(SafeFiles.read(registerFile()), Register.class, registerFile().toString());
  }

  /// The authority's certificate.
  public X509Certificate authority() {
    return Pem.certificate(SafeFiles.read(authorityFile()), authorityFile().toString());
  }

  /// The newest certificate of a name.
  public X509Certificate certificate(String name) {
    Path file = certificateFile(name);
    return Pem.certificate(SafeFiles.read(file), file.toString());
  }

  /// Where the newest certificate of a name lies.
  public Path certificateFile(String name) {
    return folder
        .resolve("certificates")
        .resolve(new Subject(name, Role.MEMBER, "x").name() + ".pem");
  }

  /// Where the authority's certificate lies.
  public Path authorityFile() {
    return folder.resolve("ca.pem");
  }

  /// Where the list of revoked certificates lies.
  public Path revokedFile() {
    return folder.resolve("crl.pem");
  }

  private Path keyFile() {
    return folder.resolve("ca.key");
  }

  private Path remoteKeyFile() {
    return folder.resolve("ca.kms");
  }

  private Path registerFile() {
    return folder.resolve("register.json");
  }

  private X509Certificate issue(Subject subject, PublicKey holder, Duration life, SigningKey key) {
    Authority authority = new Authority(authority(), key);
    X509Certificate made = authority.issue(subject, holder, clock.instant(), life, random);
    Identity identity = Identity.of(made);
    save(
        authority,
        register()
            .with(
                new Register.Entry(
                    identity.name(),
                    identity.role(),
                    identity.organisation(),
                    identity.serial(),
                    identity.begins(),
                    identity.ends(),
                    Optional.empty())));
    SafeFiles.write(certificateFile(subject.name()), pem(made));
    return made;
  }

  /// The register comes first: a certificate that it does not know must not exist.
  private void save(Authority authority, Register register) {
    Register next = register.withNextList();
    SafeFiles.write(registerFile(), Json.write(next));
    try {
      SafeFiles.write(
          revokedFile(),
          Pem.write(
              "X509 CRL",
              authority
                  .revocations(next.revoked(), next.lists(), clock.instant(), LIST_LIFE)
                  .getEncoded()));
    } catch (CRLException e) {
      throw new IllegalStateException("a list that was made can be written", e);
    }
  }

  private Register.Entry good(String name) {
    return register()
        .good(name, clock.instant())
        .orElseThrow(() ->
            error(
                "«" + name + "» has no good certificate",
                registerFile(),
                "See `rengo member list`; a new one begins with `rengo member request`"));
  }

  /// The PEM text of a certificate.
  public static String pem(X509Certificate certificate) {
    try {
      return Pem.write("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was made can be written", e);
    }
  }

  /// Refuses a passphrase that is guessed too soon.
  public static void checkPassphrase(char[] passphrase) {
    if (passphrase.length < 12) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "the passphrase has fewer than 12 characters",
          "passphrase",
          "Take a longer one; several words do well");
    }
  }

  private static RengoException error(String what, Path where, String mend) {
    return new RengoException(ErrorCode.CONFIG_INVALID, what, where.toString(), mend);
  }
}
