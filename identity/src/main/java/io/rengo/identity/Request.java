package io.rengo.identity;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Role;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Arrays;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// What someone asks a federation to certify: the public half of a key that stays where it was made
/// (PKCS#10), signed by that key.
public record Request(Subject subject, PublicKey publicKey, String pem) {
  private static final String LABEL = "CERTIFICATE REQUEST";

  /// A request for the holder of a key.
  public static Request make(Subject subject, KeyPair keys) {
    try {
      var signer = new JcaContentSignerBuilder(Keys.SIGNATURE).build(keys.getPrivate());
      var made =
          new JcaPKCS10CertificationRequestBuilder(subject.x500(), keys.getPublic()).build(signer);
      return new Request(subject, keys.getPublic(), Pem.write(LABEL, made.getEncoded()));
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException("the request cannot be signed", e);
    }
  }

  /// Reads a request; refuses one that its own key did not sign.
  public static Request read(String pem, String where) {
    try {
      var request = new JcaPKCS10CertificationRequest(Pem.read(pem, LABEL, where));
      PublicKey key = request.getPublicKey();
      var verifier = new JcaContentVerifierProviderBuilder().build(key);
      if (!request.isSignatureValid(verifier)) {
        throw invalid("its signature is not that of its key", where);
      }
      Keys.check(key, where);
      RDN[] parts = request.getSubject().getRDNs();
      String role = text(parts, BCStyle.OU);
      return new Request(
          new Subject(
              text(parts, BCStyle.CN),
              Role.of(role).orElseThrow(() -> invalid("there is no role «" + role + "»", where)),
              text(parts, BCStyle.O)),
          key,
          pem);
    } catch (RengoException e) {
      throw e;
    } catch (IOException
        | GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | RuntimeException e) {
      // Bouncy Castle says of broken ASN.1 that its own state is illegal, among other things.
      throw invalid("it cannot be read", where);
    }
  }

  private static String text(RDN[] parts, org.bouncycastle.asn1.ASN1ObjectIdentifier type) {
    return Arrays.stream(parts)
        .filter(part -> part.getFirst().getType().equals(type))
        .map(part -> IETFUtils.valueToString(part.getFirst().getValue()))
        .findFirst()
        .orElse("");
  }

  private static RengoException invalid(String what, String where) {
    return new RengoException(
        ErrorCode.CONFIG_INVALID,
        "this is no request for a certificate: " + what,
        where,
        "Make one with `rengo member request`");
  }
}
