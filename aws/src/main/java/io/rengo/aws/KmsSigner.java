package io.rengo.aws;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.TrustKeys;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Signer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.KmsClient;

/// Signs with an asymmetric key of AWS KMS, which never leaves it. Its certificate is what the
/// operator published.
public final class KmsSigner implements Signer {
  /// A certificate that ends sooner is read again: it may have been renewed.
  private static final Duration SOON = Duration.ofDays(7);

  private final KmsKey key;
  private final ObjectStore objects;
  private final InstantSource clock;
  private volatile @Nullable X509Certificate known;

  /// @param key id, ARN or alias of the key (`ECC_NIST_P256`, `SIGN_VERIFY`)
  public KmsSigner(
      Supplier<KmsClient> client, String key, ObjectStore objects, InstantSource clock) {
    this.key = new KmsKey(client, key);
    this.objects = objects;
    this.clock = clock;
  }

  @Override
  public X509Certificate certificate() {
    X509Certificate certificate = known;
    Date soon = Date.from(clock.instant().plus(SOON));
    if (certificate == null || certificate.getNotAfter().before(soon)) {
      certificate =
          objects
              .get(TrustKeys.COORDINATOR)
              .map(object ->
                  Pem.certificate(
                      StandardCharsets.US_ASCII.decode(object.content()).toString(),
                      TrustKeys.COORDINATOR))
              .orElseThrow(() ->
                  new RengoException(
                      ErrorCode.CONFIG_INVALID,
                      "the federation's signing key has no certificate",
                      TrustKeys.COORDINATOR,
                      "Publish one with `rengo federation publish`"));
      known = certificate;
    }
    return certificate;
  }

  @Override
  public PublicKey publicKey() {
    return key.publicKey();
  }

  @Override
  public byte[] sign(byte[] content) {
    return key.sign(content);
  }
}
