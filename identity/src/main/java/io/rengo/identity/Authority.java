package io.rengo.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
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
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A federation's certificate authority: its own certificate, and the key that signs others.
public record Authority(X509Certificate certificate, PrivateKey key) {
  private static final Duration LIFE = Duration.ofDays(3650);

  /// Clocks differ: certificates begin a little before they are made.
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 127;

  /// A new authority for a federation.
  public static Authority make(String federation, Instant now, SecureRandom random) {
    KeyPair keys = Keys.make(random);
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
            keys.getPublic());
    try {
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
          .addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
      return new Authority(
          certificate(builder.build(signer(keys.getPrivate()))), keys.getPrivate());
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
      return certificate(builder.build(signer(key)));
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
      return new JcaX509CRLConverter().getCRL(builder.build(signer(key)));
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

  private static ContentSigner signer(PrivateKey key) {
    try {
      return new JcaContentSignerBuilder(Keys.SIGNATURE).build(key);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("the key cannot sign", e);
    }
  }

  @Override
  public String toString() {
    return "Authority[" + certificate.getSubjectX500Principal() + "]";
  }
}
