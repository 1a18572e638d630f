package io.rengo.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CryptoAlgorithm;
import com.amazonaws.encryptionsdk.jce.JceMasterKey;
import io.rengo.core.seal.DataKey;
import io.rengo.core.seal.SealedHeader;
import io.rengo.core.seal.Sealer;
import io.rengo.core.seal.Unsealer;
import io.rengo.protocol.Json;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// `SealSpeed [MIB] [TIMES]`: sealing and opening beside the raw cipher and beside the AWS
/// Encryption SDK (a raw AES key, frames of its default 4 KiB and of our 64 KiB, no signature) over
/// the same bytes, in one thread and one run, in turn: with the JDK's cryptography, and with Amazon
/// Corretto Crypto Provider before it. Prints one JSON line of medians in GB/s.
public final class SealSpeed {
  private static final SecureRandom RANDOM = new SecureRandom();

  private SealSpeed() {}

  private interface Work {
    void run() throws GeneralSecurityException;
  }

  private record Providers(String name, boolean corretto) {
    void use() {
      if (corretto) {
        Security.insertProviderAt(AmazonCorrettoCryptoProvider.INSTANCE, 1);
      } else {
        Security.removeProvider(AmazonCorrettoCryptoProvider.PROVIDER_NAME);
      }
    }
  }

  public static void main(String[] arguments) throws GeneralSecurityException {
    int bytes = (arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64) << 20;
    int times = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 25;
    byte[] content = new byte[bytes];
    RANDOM.nextBytes(content);
    Map<String, Work> works = new TreeMap<>(ours(content));
    works.putAll(sdk(content, "sdk-4k", 4096));
    works.putAll(sdk(content, "sdk-64k", SealedHeader.SEGMENT));
    Map<String, double[]> seconds = new TreeMap<>();
    for (int i = -Math.max(2, times / 5); i < times; i++) {
      for (Providers providers : providers()) {
        providers.use();
        for (Map.Entry<String, Work> work : works.entrySet()) {
          long begin = System.nanoTime();
          work.getValue().run();
          if (i >= 0) {
            String name = providers.name() + " " + work.getKey();
            seconds.computeIfAbsent(name, fresh -> new double[times])[i] =
                (System.nanoTime() - begin) / 1e9;
          }
        }
      }
    }
    Map<String, Double> speeds = new TreeMap<>();
    seconds.forEach((name, measured) -> {
      Arrays.sort(measured);
      speeds.put(name, Math.round(bytes / measured[times / 2] / 1e7) / 100.0);
    });
    System.out.println(Json.write(Map.of("mib", bytes >> 20, "gigabytesPerSecond", speeds)));
  }

  private static Providers[] providers() {
    Providers jdk = new Providers("jdk", false);
    AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
    return new Providers[] {jdk, new Providers("corretto", true)};
  }

  private static Map<String, Work> ours(byte[] content) {
    byte[] out = new byte[content.length + SealedHeader.TAG];
    DataKey key = new DataKey(new byte[DataKey.BYTES]);
    ByteBuffer context = ByteBuffer.wrap(new byte[] {1});
    ByteBuffer sealed = Sealer.seal(ByteBuffer.wrap(content), key, context, context, RANDOM);
    Unsealer unsealer = new Unsealer(SealedHeader.read(sealed, sealed.remaining()), key, context);
    return Map.of(
        "raw", () -> raw(content, out),
        "seal", () -> Sealer.seal(ByteBuffer.wrap(content), key, context, context, RANDOM),
        "open",
            () -> unsealer.open(0, content.length, (at, length) -> sealed.slice((int) at, length)));
  }

  /// From array to array, as its one-step calls are.
  private static Map<String, Work> sdk(byte[] content, String name, int frame) {
    AwsCrypto crypto =
        AwsCrypto.builder()
            .withEncryptionAlgorithm(CryptoAlgorithm.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY)
            .withEncryptionFrameSize(frame)
            .build();
    JceMasterKey key =
        JceMasterKey.getInstance(
            new SecretKeySpec(new byte[DataKey.BYTES], "AES"), "bench", "key", "AES/GCM/NoPadding");
    byte[] sealed = crypto.encryptData(key, content).getResult();
    return Map.of(
        name + "-seal", () -> crypto.encryptData(key, content),
        name + "-open", () -> crypto.decryptData(key, sealed));
  }

  /// The cipher over the whole content at once.
  private static void raw(byte[] content, byte[] out) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    byte[] nonce = new byte[12];
    RANDOM.nextBytes(nonce);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(new byte[DataKey.BYTES], "AES"),
        new GCMParameterSpec(128, nonce));
    cipher.doFinal(content, 0, content.length, out);
  }
}
