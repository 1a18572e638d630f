package io.rengo.local;

import io.rengo.core.seal.DataKey;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.KeyContext;
import io.rengo.protocol.Keys;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A key service in one process: it wraps data keys by AES-256-GCM under a key of its own, with the
/// context as associated data. For simulations and tests; who can read its key reads everything.
public final class LocalKeys implements Keys {
  private static final int NONCE = 12;
  private static final int TAG = 16;

  private final SecretKeySpec master;
  private final SecureRandom random = new SecureRandom();

  private LocalKeys(byte[] master) {
    this.master = new SecretKeySpec(master, "AES");
  }

  /// With a key that is gone when the process ends.
  public static LocalKeys inMemory() {
    return new LocalKeys(drawn());
  }

  /// With the key of a file, which is made where there is none and only its owner can read.
  public static LocalKeys inFile(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
      if (Files.notExists(file)) {
        make(file);
      }
      return new LocalKeys(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file is whole when it appears, and who comes second takes the first one's.
  private static void make(Path file) throws IOException {
    Path made =
        Files.createTempFile(
            file.toAbsolutePath().resolveSibling(""),
            "key",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(made, drawn());
    try {
      Files.createLink(file, made);
    } catch (FileAlreadyExistsException e) {
      // Another process was first.
    } catch (UnsupportedOperationException e) {
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.deleteIfExists(made);
  }

  @Override
  public Fresh generate(KeyContext context) {
    byte[] secret = drawn();
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    ByteBuffer wrapped = ByteBuffer.allocate(NONCE + secret.length + TAG).put(nonce);
    try {
      cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(ByteBuffer.wrap(secret), wrapped);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed", e);
    }
    return new Fresh(new DataKey(secret), wrapped.flip());
  }

  @Override
  public DataKey unwrap(ByteBuffer wrapped, KeyContext context) {
    byte[] all = new byte[wrapped.remaining()];
    wrapped.duplicate().get(all);
    if (all.length != NONCE + DataKey.BYTES + TAG) {
      throw refused(context);
    }
    try {
      return new DataKey(
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE), context)
              .doFinal(all, NONCE, all.length - NONCE));
    } catch (GeneralSecurityException e) {
      throw refused(context);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, KeyContext context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, master, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
    cipher.updateAAD(context.bytes());
    return cipher;
  }

  private static byte[] drawn() {
    byte[] key = new byte[DataKey.BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  private static RengoException refused(KeyContext context) {
    return new RengoException(
        ErrorCode.SEAL_BROKEN,
        "the key was not wrapped here for this context",
        context.toString(),
        "Seal the update with the key that was made for this member, round and job");
  }
}
