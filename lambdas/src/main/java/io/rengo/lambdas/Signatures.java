package io.rengo.lambdas;

import static io.rengo.lambdas.RefusedException.unless;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.TrustKeys;
import io.rengo.protocol.trust.Identity;
import io.rengo.protocol.trust.Kind;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Role;
import io.rengo.protocol.trust.Signed;
import io.rengo.protocol.trust.Verifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a manifest was signed by the member that it is from: certificate, validity, revocation
/// and signature.
final class Signatures {
  private static final Duration SELDOM = Duration.ofMinutes(5);
  private static final double HOURS = 24;

  private final Ports ports;
  private final Optional<X509Certificate> authority;
  private final Meter meter;
  private volatile Instant told = Instant.MIN;

  /// @param meter is told now and then how long the list of revoked certificates lasts
  Signatures(Ports ports, Optional<X509Certificate> authority, Meter meter) {
    this.ports = ports;
    this.authority = authority;
    this.meter = meter;
  }

  /// The text that the member signed.
  String body(ByteBuffer content, Notice notice) throws RefusedException {
    Signed signed;
    try {
      signed = Json.read(content, Signed.class, notice.key());
    } catch (RengoException e) {
      throw new RefusedException(ErrorCode.SIGNATURE_MISSING, "the manifest is not signed");
    }
    Verifier verifier = verifier();
    Identity identity;
    try {
      identity = verifier.verify(signed, Kind.UPDATE, Role.MEMBER, ports.clock().instant());
    } catch (RengoException e) {
      throw new RefusedException(e.code(), e.what());
    }
    unless(
        identity.name().equals(notice.update().member()),
        ErrorCode.CERTIFICATE_ROLE,
        "the certificate is one of " + identity.name());
    return signed.body();
  }

  /// With the newest list of revoked certificates, so that a revocation holds from its publication.
  Verifier verifier() {
    X509CRL revoked =
        ports
            .objects()
            .get(TrustKeys.REVOKED)
            .map(object ->
                Pem.crl(
                    StandardCharsets.US_ASCII.decode(object.content()).toString(),
                    TrustKeys.REVOKED))
            .orElseThrow(() -> missing(TrustKeys.REVOKED));
    tell(revoked);
    return new Verifier(authority.orElseThrow(() -> missing("RENGO_AUTHORITY")), revoked);
  }

  private void tell(X509CRL revoked) {
    Instant now = ports.clock().instant();
    if (revoked.getNextUpdate() != null && told.isBefore(now.minus(SELDOM))) {
      told = now;
      meter.listLasts(Duration.between(now, revoked.getNextUpdate().toInstant()).toHours() / HOURS);
    }
  }

  private static RengoException missing(String what) {
    return new RengoException(
        ErrorCode.CONFIG_INVALID,
        "the federation's authority, or its list of revoked certificates, is not deployed",
        what,
        "Deploy with -c authority=ca.pem and run `rengo federation publish`");
  }
}
