package io.rengo.protocol.trust;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Certificates and lists of revoked ones, as PEM text.
public final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private Pem() {}

  /// The text of DER bytes.
  public static String write(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /// The DER bytes of the first block with this label.
  public static byte[] read(String text, String label, String where) {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals(label)) {
        try {
          return Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException e) {
          throw invalid("its PEM text is broken", where);
        }
      }
    }
    throw invalid("there is no PEM block «" + label + "»", where);
  }

  /// A certificate.
  public static X509Certificate certificate(String text, String where) {
    return certificate(read(text, "CERTIFICATE", where), where);
  }

  static X509Certificate certificate(byte[] der, String where) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw invalid("it is not a certificate", where);
    }
  }

  /// A list of revoked certificates.
  public static X509CRL crl(String text, String where) {
    try {
      return (X509CRL)
          CertificateFactory.getInstance("X.509")
              .generateCRL(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw invalid("it is not a list of revoked certificates", where);
    }
  }

  private static RengoException invalid(String what, String where) {
    return new RengoException(
        ErrorCode.CONFIG_INVALID, what, where, "Take the file as `rengo` wrote it");
  }
}
