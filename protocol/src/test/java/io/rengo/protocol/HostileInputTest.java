package io.rengo.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import io.rengo.core.FormatException;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.core.SplitMix64;
import io.rengo.core.TensorSpec;
import io.rengo.core.seal.DataKey;
import io.rengo.core.seal.SealedHeader;
import io.rengo.core.seal.Sealer;
import io.rengo.core.seal.Unsealer;
import io.rengo.protocol.audit.Page;
import io.rengo.protocol.trust.Kind;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Signed;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever bytes come, a decoder gives a value or one of the errors that it names; it does not
/// crash, hang or run out of memory. A good input is changed at random, again and again: for a
/// second each, or for `-Drengo.fuzz.seconds`.
class HostileInputTest {
  private static final long SECONDS = Long.getLong("rengo.fuzz.seconds", 1);
  private static final long SEED = Long.getLong("rengo.fuzz.seed", 1);

  static Stream<Arguments> decoders() {
    Layout layout = new Layout(List.of(new TensorSpec("w", List.of(2, 3))));
    ByteBuffer tensors = Safetensors.write(layout, Map.of("version", "1"), new float[6]);
    DataKey key = new DataKey(new byte[DataKey.BYTES]);
    ByteBuffer one = ByteBuffer.wrap(new byte[] {1});
    ByteBuffer sealed = Sealer.seal(tensors, key, one, one, new SecureRandom());
    return Stream.of(
        decoder("safetensors", tensors, in -> Safetensors.read(in, layout)),
        decoder(
            "sealed object",
            sealed,
            in -> {
              SealedHeader header = SealedHeader.read(in, in.remaining());
              int first = (int) Math.min(header.length(), 1 << 20);
              new Unsealer(header, key, one)
                  .open(0, first, (at, length) -> in.slice((int) at, length));
            }),
        decoder(
            "signed message",
            Json.bytes(new Signed(1, Kind.UPDATE, "{}", "AAAA", "AAAA")),
            in -> Json.read(in, Signed.class, "fuzz")),
        decoder(
            "ledger page",
            Json.bytes(
                new Page(
                    1,
                    "job",
                    0,
                    "",
                    Instant.EPOCH,
                    Page.What.STARTED,
                    Json.MAPPER.createObjectNode())),
            in -> Json.read(in, Page.class, "fuzz")),
        decoder(
            "manifest",
            Json.bytes(new UpdateManifest.Payload("ab".repeat(32), 12)),
            in -> Json.read(in, UpdateManifest.Payload.class, "fuzz")),
        decoder(
            "job file",
            text("model: {kind: mlp, layers: [4, 2]}\nrounds: {count: 3, deadline: 15m}\n"),
            in -> JobFile.parse(UTF_8.decode(in).toString(), "fuzz")),
        decoder(
            "certificate",
            text(Pem.write("CERTIFICATE", new byte[200])),
            in -> Pem.certificate(UTF_8.decode(in).toString(), "fuzz")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("decoders")
  void decoder_takesAnything(String name, byte[] good, Consumer<ByteBuffer> decode) {
    SplitMix64 random = SplitMix64.derive(SEED, name);
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (System.nanoTime() < end) {
      byte[] input = changed(good, random);
      try {
        decode.accept(ByteBuffer.wrap(input).asReadOnlyBuffer());
      } catch (FormatException | RengoException expected) {
        continue;
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        fail("%s breaks on %s".formatted(name, HexFormat.of().formatHex(input)), e);
      }
    }
  }

  /// Flips, overwrites, cuts out and repeats, a few times over.
  private static byte[] changed(byte[] good, SplitMix64 random) {
    byte[] bytes = good.clone();
    for (int i = 1 + below(random, 4); i > 0 && bytes.length > 0; i--) {
      int at = below(random, bytes.length);
      int to = at + below(random, Math.min(64, bytes.length - at));
      switch (below(random, 5)) {
        case 0 -> bytes[at] ^= (byte) (1 << below(random, Byte.SIZE));
        case 1 -> bytes[at] = (byte) random.nextLong();
        case 2 -> bytes = join(bytes, 0, at, bytes, to, bytes.length);
        case 3 -> bytes = join(bytes, 0, to, bytes, at, bytes.length);
        default -> bytes[at] = "0-9{}[]\":,.eE \n\u007f".getBytes(UTF_8)[below(random, 16)];
      }
    }
    return bytes;
  }

  private static byte[] join(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    return ByteBuffer.allocate(aTo - aFrom + bTo - bFrom)
        .put(a, aFrom, aTo - aFrom)
        .put(b, bFrom, bTo - bFrom)
        .array();
  }

  private static int below(SplitMix64 random, int bound) {
    return (int) Long.remainderUnsigned(random.nextLong(), Math.max(1, bound));
  }

  private static Arguments decoder(String name, ByteBuffer good, Consumer<ByteBuffer> decode) {
    byte[] bytes = new byte[good.remaining()];
    good.duplicate().get(bytes);
    return Arguments.of(name, bytes, decode);
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
