package io.rengo.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class Sha256Test {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void hex_isOfTheStandardsExample() {
    assertThat(Sha256.hex("abc")).isEqualTo(ABC);
  }

  @Test
  void hex_leavesTheBufferAndReadsFromItsPositionToItsLimit() {
    ByteBuffer content = ByteBuffer.wrap("xabcx".getBytes()).position(1).limit(4);
    assertThat(Sha256.hex(content)).isEqualTo(ABC);
    assertThat(Sha256.hex(content.asReadOnlyBuffer())).isEqualTo(ABC);
    assertThat(content.position()).isEqualTo(1);
    assertThat(content.limit()).isEqualTo(4);
  }
}
