package io.rengo.protocol.trust;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// Who a certificate is about: its subject is `CN=name, OU=role, O=organisation`.
///
/// @param serial the certificate's serial number, in hex
public record Identity(
    String name, Role role, String organisation, String serial, Instant begins, Instant ends) {
  /// Spreads the hashes of serial numbers over all integers.
  private static final int MIX = 0x9E3779B9;

  /// The identity in a certificate, whoever issued it.
  public static Identity of(X509Certificate certificate) {
    Map<String, String> subject = new TreeMap<>();
    String distinguished = certificate.getSubjectX500Principal().getName();
    try {
      for (Rdn part : new LdapName(distinguished).getRdns()) {
        subject.put(part.getType(), String.valueOf(part.getValue()));
      }
    } catch (InvalidNameException e) {
      throw unknown(distinguished);
    }
    return new Identity(
        subject.getOrDefault("CN", ""),
        Role.of(subject.getOrDefault("OU", "")).orElseThrow(() -> unknown(distinguished)),
        subject.getOrDefault("O", ""),
        certificate.getSerialNumber().toString(16),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }

  /// When a renewal is due: two thirds through the certificate's life, and up to a twentieth of it
  /// earlier or later by the serial number, so that certificates that were issued together are not
  /// all renewed at the same hour.
  public Instant renewal() {
    double jitter = Integer.toUnsignedLong(serial.hashCode() * MIX) / 0x1p32 - 0.5;
    Duration life = Duration.between(begins, ends);
    return begins.plusMillis(Math.round(life.toMillis() * (2.0 / 3 + jitter / 10)));
  }

  private static RengoException unknown(String subject) {
    return new RengoException(
        ErrorCode.CERTIFICATE_ROLE,
        "the subject «" + subject + "» names no role of a federation",
        "certificate",
        "Let the federation issue the certificate with `rengo member approve`");
  }
}
