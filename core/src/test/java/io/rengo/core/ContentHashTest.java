package io.rengo.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentHashTest {
  private static final int PART = 64;

  private static ByteBuffer content(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return ByteBuffer.wrap(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64})
  void up_to_one_part_it_is_the_contents_sha256(int size) {
    assertThat(ContentHash.of(content(size), PART)).isEqualTo(Sha256.hex(content(size)));
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 127, 128, 129, 640, 641})
  void of_more_it_is_the_sha256_of_the_parts(int size) {
    ByteBuffer content = content(size);
    ByteBuffer hashes = ByteBuffer.allocate(Math.ceilDiv(size, PART) * Sha256.BYTES);
    for (int at = 0; at < size; at += PART) {
      hashes.put(HexFormat.of().parseHex(Sha256.hex(content.slice(at, Math.min(PART, size - at)))));
    }
    assertThat(ContentHash.of(content, PART)).isEqualTo(Sha256.hex(hashes.flip()));
    assertThat(content.position()).isZero();
  }

  @Test
  void it_does_not_matter_in_which_pieces_it_comes() {
    ByteBuffer content = content(1000);
    ContentHash pieces = new ContentHash();
    for (int at = 0; at < 1000; at += 7) {
      pieces.update(content.slice(at, Math.min(7, 1000 - at)));
    }
    assertThat(pieces.hex()).isEqualTo(ContentHash.of(content));
  }
}
