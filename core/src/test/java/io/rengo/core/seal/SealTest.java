package io.rengo.core.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.core.FormatException;
import io.rengo.core.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The golden files were written by another implementation, on Python's `cryptography`.
class SealTest {
  private static final ByteBuffer CONTEXT = bytes("rengo golden");
  private static final ByteBuffer WRAPPED = bytes("wrapped by nobody");
  private static final int SEGMENT = 64;

  @ParameterizedTest
  @CsvSource({"empty,0", "one-segment,40", "whole-segments,128", "several-segments,150"})
  void sealed_isTheGoldenFileAndOpens(String name, int length) {
    byte[] golden = golden(name);

    assertThat(seal(content(length))).isEqualTo(golden);
    assertThat(open(golden, 0, length)).isEqualTo(content(length));
  }

  @Test
  void everyRange_opensAlone() {
    byte[] golden = golden("several-segments");
    for (int offset = 0; offset <= 150; offset++) {
      for (int length = 0; length <= 150 - offset; length++) {
        assertThat(open(golden, offset, length))
            .isEqualTo(Arrays.copyOfRange(content(150), offset, offset + length));
      }
    }
  }

  /// Wherever they begin, also across the seams of segments, and however many are asked for at
  /// once.
  @Test
  void values_areThoseOfTheContent() {
    byte[] golden = golden("several-segments");
    ByteBuffer content = ByteBuffer.wrap(content(150)).order(ByteOrder.LITTLE_ENDIAN);
    for (int offset = 0; offset <= 150; offset++) {
      int count = (150 - offset) / Float.BYTES;
      float[] expected = new float[count];
      for (int i = 0; i < count; i++) {
        expected[i] = content.getFloat(offset + i * Float.BYTES);
      }
      for (int step : new int[] {1, 7, Math.max(1, count)}) {
        Values values =
            new Unsealer(header(golden), key(), CONTEXT).values(offset, count, range(golden));
        float[] read = new float[count];
        for (int at = 0; at < count; at += step) {
          float[] some = new float[step];
          values.get(at, some, Math.min(step, count - at));
          System.arraycopy(some, 0, read, at, Math.min(step, count - at));
        }
        assertThat(read).containsExactly(expected);
      }
    }
  }

  @Test
  void values_ofASegmentThatIsNotWhatWasSealed_areRefused_othersAreNot() {
    byte[] golden = golden("several-segments");
    golden[(int) header(golden).position(1) + 3] ^= 1;
    Values values = new Unsealer(header(golden), key(), CONTEXT).values(0, 30, range(golden));

    values.get(0, new float[16], 16);
    assertThatThrownBy(() -> values.get(16, new float[1], 1)).isInstanceOf(FormatException.class);
    values.get(0, new float[16], 16);
  }

  private static Unsealer.Source range(byte[] sealed) {
    return (offset, length) -> ByteBuffer.wrap(sealed, (int) offset, length).slice();
  }

  @Test
  void range_readsOnlyItsSegments() {
    byte[] golden = golden("several-segments");
    SealedHeader header = header(golden);
    Unsealer unsealer = new Unsealer(header, key(), CONTEXT);

    unsealer.open(
        70,
        3,
        (offset, length) -> {
          assertThat(offset).isEqualTo(header.size() + SEGMENT + SealedHeader.TAG);
          assertThat(length).isEqualTo(SEGMENT + SealedHeader.TAG);
          return ByteBuffer.wrap(golden, (int) offset, length).slice();
        });
  }

  @ParameterizedTest
  @CsvSource({"empty,0", "one-segment,40", "whole-segments,128", "several-segments,150"})
  void everyFlippedBit_isRefused(String name, int length) {
    byte[] golden = golden(name);
    for (int bit = 0; bit < golden.length * Byte.SIZE; bit++) {
      byte[] flipped = golden.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      refused(flipped, length);
    }
  }

  @Test
  void everyTruncationAndExtension_isRefused() {
    byte[] golden = golden("several-segments");
    for (int size = 0; size < golden.length; size++) {
      refused(Arrays.copyOf(golden, size), 150);
    }
    refused(Arrays.copyOf(golden, golden.length + 1), 150);
  }

  @Test
  void truncationWithAHeaderThatAgrees_isRefused() {
    byte[] golden = golden("whole-segments");
    byte[] shorter = Arrays.copyOf(golden, golden.length - SEGMENT - SealedHeader.TAG);
    ByteBuffer.wrap(shorter).order(java.nio.ByteOrder.LITTLE_ENDIAN).putLong(16, SEGMENT);

    refused(shorter, SEGMENT);
  }

  @Test
  void swappedSegments_areRefused() {
    byte[] golden = golden("whole-segments");
    int begin = header(golden).size();
    int sealed = SEGMENT + SealedHeader.TAG;
    byte[] swapped = golden.clone();
    System.arraycopy(golden, begin, swapped, begin + sealed, sealed);
    System.arraycopy(golden, begin + sealed, swapped, begin, sealed);

    refused(swapped, 128);
  }

  @Test
  void segmentOfAnotherObjectUnderTheSameKey_isRefused() {
    SecureRandom random = new SecureRandom();
    ByteBuffer content = ByteBuffer.wrap(content(40));
    byte[] one = array(Sealer.seal(content, key(), WRAPPED, CONTEXT, random));
    byte[] other = array(Sealer.seal(content, key(), WRAPPED, CONTEXT, random));
    int begin = header(one).size();
    System.arraycopy(other, begin, one, begin, one.length - begin);

    refused(one, 40);
  }

  @Test
  void otherKeyOrContext_isRefused() {
    byte[] golden = golden("one-segment");
    DataKey other = new DataKey(new byte[DataKey.BYTES]);

    assertThatThrownBy(() -> new Unsealer(header(golden), other, CONTEXT).open(0, 40, of(golden)))
        .isInstanceOf(FormatException.class);
    assertThatThrownBy(
            () -> new Unsealer(header(golden), key(), bytes("elsewhere")).open(0, 40, of(golden)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("segment 0 of 1");
  }

  @Test
  void salts_neverRepeat() {
    SecureRandom random = new SecureRandom();
    Set<ByteBuffer> salts = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ByteBuffer sealed = Sealer.seal(ByteBuffer.allocate(1), key(), WRAPPED, CONTEXT, random);
      salts.add(SealedHeader.read(sealed, sealed.remaining()).salt());
    }

    assertThat(salts).hasSize(100);
  }

  @Test
  void rangeBeyondTheContent_isRefused() {
    byte[] golden = golden("one-segment");

    assertThatThrownBy(() -> open(golden, 30, 11)).isInstanceOf(FormatException.class);
    assertThatThrownBy(() -> open(golden, -1, 1)).isInstanceOf(FormatException.class);
  }

  @Test
  void dataKey_isNotInItsTextAndGoneWhenClosed() {
    byte[] secret = new byte[DataKey.BYTES];
    Arrays.fill(secret, (byte) 7);
    DataKey key = new DataKey(secret);

    assertThat(key.toString()).doesNotContain("7");
    key.close();
    assertThat(secret).containsOnly(0);
  }

  private static byte[] seal(byte[] content) {
    byte[] salt = new byte[SealedHeader.SALT];
    for (int i = 0; i < salt.length; i++) {
      salt[i] = (byte) (64 + i);
    }
    SealedHeader header = new SealedHeader(SEGMENT, content.length, ByteBuffer.wrap(salt), WRAPPED);
    return array(Sealer.seal(ByteBuffer.wrap(content), key(), header, CONTEXT));
  }

  private static void refused(byte[] sealed, int length) {
    assertThatThrownBy(() -> open(sealed, 0, length)).isInstanceOf(FormatException.class);
  }

  private static byte[] open(byte[] sealed, long offset, int length) {
    return array(new Unsealer(header(sealed), key(), CONTEXT).open(offset, length, of(sealed)));
  }

  private static SealedHeader header(byte[] sealed) {
    return SealedHeader.read(ByteBuffer.wrap(sealed), sealed.length);
  }

  private static Unsealer.Source of(byte[] sealed) {
    return (offset, length) -> ByteBuffer.wrap(sealed).slice((int) offset, length);
  }

  private static DataKey key() {
    byte[] secret = new byte[DataKey.BYTES];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) i;
    }
    return new DataKey(secret);
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (i % 251);
    }
    return content;
  }

  private static byte[] array(ByteBuffer bytes) {
    byte[] array = new byte[bytes.remaining()];
    bytes.duplicate().get(array);
    return array;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] golden(String name) {
    try (InputStream in =
        Objects.requireNonNull(SealTest.class.getResourceAsStream(name + ".sealed"), name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
