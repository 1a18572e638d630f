package io.rengo.bench;

import io.rengo.core.seal.DataKey;
import io.rengo.core.seal.SealedHeader;
import io.rengo.core.seal.Sealer;
import io.rengo.core.seal.Unsealer;
import io.rengo.protocol.Json;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// `SealSpeed [MIB] [TIMES]`: sealing and opening beside the raw cipher over the same bytes, in one
/// thread and one run, in turn. Prints one JSON line of medians in GB/s.
public final class SealSpeed {
  private SealSpeed() {}

  private interface Work {
    void run() throws GeneralSecurityException;
  }

  public static void main(String[] arguments) throws GeneralSecurityException {
    int bytes = (arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64) << 20;
    int times = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 25;
    SecureRandom random = new SecureRandom();
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    byte[] out = new byte[bytes + SealedHeader.TAG];
    DataKey key = new DataKey(new byte[DataKey.BYTES]);
    ByteBuffer context = ByteBuffer.wrap(new byte[] {1});
    ByteBuffer sealed = Sealer.seal(ByteBuffer.wrap(content), key, context, context, random);
    Unsealer unsealer = new Unsealer(SealedHeader.read(sealed, sealed.remaining()), key, context);
    Map<String, Work> works =
        Map.of(
            "raw", () -> raw(content, out, random),
            "seal", () -> Sealer.seal(ByteBuffer.wrap(content), key, context, context, random),
            "open", () -> unsealer.open(0, bytes, (at, length) -> sealed.slice((int) at, length)));
    Map<String, double[]> seconds = new TreeMap<>();
    works.keySet().forEach(name -> seconds.put(name, new double[times]));
    for (int i = -times / 5; i < times; i++) {
      for (Map.Entry<String, double[]> each : seconds.entrySet()) {
        long begin = System.nanoTime();
        works.getOrDefault(each.getKey(), () -> {}).run();
        if (i >= 0) {
          each.getValue()[i] = (System.nanoTime() - begin) / 1e9;
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

  /// The cipher over the whole content at once.
  private static void raw(byte[] content, byte[] out, SecureRandom random)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    byte[] nonce = new byte[12];
    random.nextBytes(nonce);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(new byte[DataKey.BYTES], "AES"),
        new GCMParameterSpec(128, nonce));
    cipher.doFinal(content, 0, content.length, out);
  }
}
