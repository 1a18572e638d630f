package io.rengo.identity;

import io.rengo.protocol.trust.Identity;
import io.rengo.protocol.trust.KeySigner;
import io.rengo.protocol.trust.Role;
import io.rengo.protocol.trust.Verifier;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// A federation's authority in memory, and signers that it certified.
public final class TestFederation {
  private final SecureRandom random = new SecureRandom();
  private final Map<BigInteger, Instant> revoked = new TreeMap<>();
  private final Instant now;
  private final Authority authority;

  public TestFederation(Instant now) {
    this.now = now;
    this.authority = Authority.make("test", Keys.signing(Keys.make(random)), now, random);
  }

  public X509Certificate authority() {
    return authority.certificate();
  }

  /// Someone with a certificate for a day.
  public KeySigner signer(String name, Role role) {
    return signer(name, role, now);
  }

  /// The same, issued at a moment.
  public KeySigner signer(String name, Role role, Instant issued) {
    KeyPair keys = Keys.make(random);
    X509Certificate certificate =
        authority.issue(
            new Subject(name, role, "Test"), keys.getPublic(), issued, Duration.ofDays(1), random);
    return new KeySigner(keys.getPrivate(), certificate);
  }

  /// The same holder with another certificate for the same key.
  public KeySigner renewed(KeySigner former, Instant issued) {
    Identity holder = Identity.of(former.certificate());
    X509Certificate certificate =
        authority.issue(
            new Subject(holder.name(), holder.role(), "Test"),
            former.publicKey(),
            issued,
            Duration.ofDays(1),
            random);
    return new KeySigner(former.key(), certificate);
  }

  public void revoke(KeySigner signer) {
    revoked.put(signer.certificate().getSerialNumber(), now);
  }

  public X509CRL list() {
    return authority.revocations(revoked, 1, now, Duration.ofDays(7));
  }

  public Verifier verifier() {
    return new Verifier(authority(), list());
  }
}
