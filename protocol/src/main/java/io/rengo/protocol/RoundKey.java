package io.rengo.protocol;

import io.rengo.core.seal.DataKey;
import io.rengo.core.seal.Hpke;
import io.rengo.core.seal.WrappedKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/// The key pair of a round, by which members seal that no key service knows. The private key is a
/// data key of the federation's own key service, in the context of the round: who may open updates
/// may unwrap it.
///
/// @param publicKey of X25519, 32 bytes in base64
/// @param wrapped the private key as the key service wrapped it, in base64
public record RoundKey(String publicKey, String wrapped) {
  public RoundKey {
    check(
        bytes(publicKey).length == Hpke.KEY
            && bytes(wrapped).length >= 1
            && bytes(wrapped).length <= WrappedKey.MAX_ROUND_KEY);
  }

  /// A new key pair for a round. Nobody keeps the private key but as the key service wrapped it.
  public static RoundKey make(Keys keys, KeyContext round) {
    try (Keys.Fresh fresh = keys.generate(round)) {
      byte[] secret = fresh.key().exportSecret();
      byte[] wrapped = new byte[fresh.wrapped().remaining()];
      fresh.wrapped().duplicate().get(wrapped);
      Base64.Encoder base64 = Base64.getEncoder();
      String open = base64.encodeToString(Hpke.publicKey(secret));
      Arrays.fill(secret, (byte) 0);
      return new RoundKey(open, base64.encodeToString(wrapped));
    }
  }

  /// A new data key for an update, wrapped to this round.
  public Keys.Fresh generate(KeyContext update, SecureRandom random) {
    byte[] secret = new byte[DataKey.BYTES];
    random.nextBytes(secret);
    ByteBuffer message =
        Hpke.seal(bytes(publicKey), update.bytes(), ByteBuffer.wrap(secret), random);
    return new Keys.Fresh(
        new DataKey(secret),
        new WrappedKey.ToRound(ByteBuffer.wrap(bytes(wrapped)), message).encode());
  }

  /// The data key of an update that was wrapped to a round; throws [FormatException] where it was
  /// not, or for another update.
  ///
  /// @param round the round's private key
  public static DataKey unwrap(WrappedKey.ToRound key, DataKey round, KeyContext update) {
    byte[] secret = round.exportSecret();
    try {
      return new DataKey(Hpke.open(secret, update.bytes(), key.message()));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new RengoException(
          ErrorCode.MESSAGE_INVALID,
          "the round's key is none",
          "task.roundKey",
          "Let the agent and the deployment run the same version of Rengo");
    }
  }
}
