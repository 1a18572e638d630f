package io.rengo.identity;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.SigningKey;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;

/// A federation's certificate authority: its own certificate, and the key that signs others,
/// wherever that lies.
public record Authority(X509Certificate certificate, SigningKey key) {
  private static final Duration LIFE = Duration.ofDays(3650);

  /// Clocks differ: certificates begin a little before they are made.
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 127;

  public Authority {
    if (!key.publicKey().equals(certificate.getPublicKey())) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "the key is not the one of the authority's certificate",
          certificate.getSubjectX500Principal().getName(),
          "Name the key that the federation was made with");
    }
  }

  /// A new authority for a federation.
  ///
  /// @param key signs its own certificate first
  public static Authority make(
      String federation, SigningKey key, Instant now, SecureRandom random) {
    PublicKey holder = key.publicKey();
    Keys.check(holder, "the authority's key");
    X500Name name =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.O, "Rengo federation")
            .addRDN(BCStyle.CN, federation)
            .build();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            serial(random),
            Date.from(now.minus(SKEW)),
            Date.from(now.plus(LIFE)),
            name,
            holder);
    try {
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
          .addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              new JcaX509ExtensionUtils().createSubjectKeyIdentifier(holder));
      return new Authority(certificate(builder.build(new RemoteSigner(key))), key);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the certificate cannot be made", e);
    }
  }

  /// A certificate for the holder of a key.
  public X509Certificate issue(
      Subject subject, PublicKey holder, Instant now, Duration life, SecureRandom random) {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name(),
            serial(random),
            Date.from(now.minus(SKEW)),
            Date.from(now.plus(life)),
            subject.x500(),
            holder);
    try {
      var extensions = new JcaX509ExtensionUtils();
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              extensions.createAuthorityKeyIdentifier(certificate.getPublicKey()))
          .addExtension(
              Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(holder));
      return certificate(builder.build(new RemoteSigner(key)));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the certificate cannot be made", e);
    }
  }

  /// The list of revoked certificates.
  ///
  /// @param revoked when each was revoked, by its serial number
  /// @param number higher than that of every former list
  /// @param life after which nobody goes by this list any more
  public X509CRL revocations(
      Map<BigInteger, Instant> revoked, long number, Instant now, Duration life) {
    X509v2CRLBuilder builder = new X509v2CRLBuilder(name(), Date.from(now.minus(SKEW)));
    builder.setNextUpdate(Date.from(now.plus(life)));
    revoked.forEach((serial, when) ->
        builder.addCRLEntry(serial, Date.from(when.minus(SKEW)), CRLReason.privilegeWithdrawn));
    try {
      builder
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()))
          .addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
      return new JcaX509CRLConverter().getCRL(builder.build(new RemoteSigner(key)));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the list cannot be made", e);
    }
  }

  /// The authority's name to the byte, as those that it signs must carry it.
  private X500Name name() {
    try {
      return new JcaX509CertificateHolder(certificate).getSubject();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }

  private static BigInteger serial(SecureRandom random) {
    return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
  }

  private static X509Certificate certificate(X509CertificateHolder holder)
      throws GeneralSecurityException {
    return new JcaX509CertificateConverter().getCertificate(holder);
  }

  @Override
  public String toString() {
    return "Authority[" + certificate.getSubjectX500Principal() + "]";
  }
}
