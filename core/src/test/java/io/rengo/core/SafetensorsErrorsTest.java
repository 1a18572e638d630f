package io.rengo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every broken file is refused with the byte at which it is broken, and with nothing but that.
class SafetensorsErrorsTest {
  private static final String X = "{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";

  /// The header with its quotes as apostrophes, the position, what is said.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ` {}`                                                     | 8  | does not begin with '{'
          [1]                                                       | 8  | does not begin with '{'
          {'x'                                                      | 12 | ':' expected, the header ends here
          {'x':@X} z                                                | 63 | nothing more expected, 0x7a found
          {'x':@X,}                                                 | 62 | '"' expected, 0x7d found
          {'x':@X,'x':@X}                                           | 62 | x appears twice in the header
          {'x':{'dtype':'F32','dtype':'F32'}}                       | 28 | dtype appears twice in tensor x
          {'x':{'strides':[1]}}                                     | 14 | tensor x has unknown strides
          {'x':{'dtype':'F32','shape':[2]}}                         | 9  | tensor x lacks data_offsets
          {'x':{}}                                                  | 9  | tensor x lacks
          {'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8,9]}}  | 9  | has 3 data_offsets, not 2
          {'x':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}   | 9  | [4, 12) after a hole, 0 expected
          {'x':{'dtype':'F32','shape':[2],'data_offsets':[0,16]}}   | 9  | [0, 16), the file has 8 bytes
          {'x':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}    | 9  | not the size of F32 [3]
          {'x':{'dtype':'F16','shape':[2],'data_offsets':[0,8]}}    | 9  | not the size of F16 [2]
          {'x':{'dtype':'F33','shape':[2],'data_offsets':[0,8]}}    | 9  | unknown dtype F33
          {'x':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}  | 38 | ']' expected, 0x2e found
          {'x':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}   | 37 | integer expected, 0x2d found
          {'x':{'dtype':'F32','shape':[02],'data_offsets':[0,8]}}   | 37 | may not begin with 0
          {'x':{'dtype':'F32','shape':[99999999999999999999]}}      | 37 | the number is too large
          {'x':{'dtype':'F32','shape':[9999999999],'data_offsets':[0,8]}} | 9 | dimension 9999999999
          {'x':{'dtype':'F4','shape':[1],'data_offsets':[0,8]}}     | 9  | not the size of F4 [1]
          {'x':{'dtype':'F32','shape':[4],'data_offsets':[8,0]}}    | 9  | after a hole
          {'x':@X,'y':@X}                                           | 62 | inside the one before
          {'__metadata__':{'a':'1','a':'2'},'x':@X}                 | 33 | a appears twice
          {'__metadata__':{'a':1},'x':@X}                           | 29 | '"' expected
          {'__metadata__':{},'__metadata__':{},'x':@X}              | 27 | __metadata__ appears twice
          {'x                                                       | 9  | the string does not end
          {'\\q':@X}                                                | 9  | unknown escape
          {'\\u12g4':@X}                                            | 9  | unknown escape
          {'\\ud800':@X}                                            | 9  | half a surrogate pair
          {}                                                        | 10 | goes on for 8 bytes
          """)
  void header_isRefusedAtTheByteThatIsWrong(String header, long position, String what) {
    ByteBuffer file = file(header.replace("@X", X).replace('\'', '"'), 8);

    var error =
        catchThrowableOfType(
            FormatException.class, () -> Safetensors.readHeader(file, file.remaining()));

    assertThat(error).hasMessageContaining(what).hasMessageStartingWith("byte " + position + ":");
    assertThat(error.position()).isEqualTo(position);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[2147483647,2147483647,2147483647,0]", "[2147483647,2147483647,3,0]"})
  void shapesWhoseProductOverflows_areRefused(String shape) {
    ByteBuffer file =
        file("{\"x\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[0,0]}}", 0);

    assertThatThrownBy(() -> Safetensors.readHeader(file, file.remaining()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("not the size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0080", "\u00c3(", "\u00ed\u00a0\u0080", "\u00c0\u00af"})
  void namesThatAreNotUtf8_areRefused(String latin1) {
    byte[] header = ("{\"" + latin1 + "\":").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer file = file(header, 8);

    assertThatThrownBy(() -> Safetensors.readHeader(file, file.remaining()))
        .isInstanceOf(FormatException.class)
        .hasMessage("byte 9: the string is not well-formed UTF-8");
  }

  @Test
  void controlCharactersInNames_areRefused() {
    ByteBuffer file = file("{\"a\nb\":{}}", 0);

    assertThatThrownBy(() -> Safetensors.readHeader(file, file.remaining()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("control character");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Safetensors.MAX_HEADER + 1L, Long.MAX_VALUE})
  void headerLengthsOutOfBounds_areRefused(long length) {
    ByteBuffer first8 =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).flip();

    assertThatThrownBy(() -> Safetensors.headerLength(first8))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("byte 0: the header would have " + Long.toUnsignedString(length));
  }

  @Test
  void aPrefixThatIsTooShort_isToldFromAFileThatIs() {
    byte[] whole = example();

    assertThatThrownBy(() -> Safetensors.readHeader(ByteBuffer.wrap(whole, 0, 30), whole.length))
        .hasMessage("byte 30: the bytes end here, inside the header of 56 bytes");
    assertThatThrownBy(() -> Safetensors.readHeader(ByteBuffer.wrap(whole, 0, 30), 30))
        .hasMessage("byte 30: the file ends here, inside its header of 56 bytes");
    assertThatThrownBy(() -> Safetensors.headerLength(ByteBuffer.wrap(whole, 0, 5)))
        .hasMessage("byte 5: the file ends inside its first 8 bytes");
  }

  @Test
  void read_refusesWhatIsNotExactlyTheLayout() {
    ByteBuffer file = ByteBuffer.wrap(example());

    assertRefused(file, "byte 8: the header has no tensor y", tensor("x", 2), tensor("y", 1));
    assertRefused(file, "byte 64: tensor x is F32 [2], not F32 [1, 2]", tensor("x", 1, 2));
    assertRefused(file, "byte 8: the header has no tensor z", tensor("z", 2));
    ByteBuffer two =
        Safetensors.write(layout(tensor("x", 2), tensor("y", 1)), Map.of(), new float[3]);
    assertRefused(two, "byte 128: the layout has no tensor y", tensor("x", 2));
    ByteBuffer integers = file("{\"x\":" + X.replace('\'', '"').replace("F32", "I32") + "}", 8);
    assertRefused(integers, "byte 62: tensor x is I32 [2], not F32 [2]", tensor("x", 2));
  }

  @Test
  void longNames_areCutInTheMessage() {
    ByteBuffer file = file("{\"" + "n".repeat(5000) + "\":{}}", 0);

    var error =
        catchThrowableOfType(
            FormatException.class, () -> Safetensors.readHeader(file, file.remaining()));

    assertThat(error.getMessage()).hasSizeLessThan(400);
  }

  @Test
  void everyCutAndEveryChangedByte_isReadOrRefused_andNothingElse() {
    byte[] whole = example();
    Layout layout = layout(tensor("x", 2));
    for (int length = 0; length < whole.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
      assertThatThrownBy(() -> Safetensors.read(cut, layout)).isInstanceOf(FormatException.class);
    }
    for (int at = 0; at < whole.length; at++) {
      for (int value = 0; value < 256; value++) {
        byte[] changed = whole.clone();
        changed[at] = (byte) value;
        readOrRefuse(changed, layout);
      }
    }
  }

  @Test
  void randomChanges_areReadOrRefused_andNothingElse() {
    var random = new SplitMix64(7);
    Layout layout = layout(tensor("x", 2));
    byte[] alphabet = "{}[]\":,\\u0F3212 exdtypshaofsM_".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = example();
      for (int changes = 0; changes < 3; changes++) {
        changed[random.nextInt(8, 64)] = alphabet[random.nextInt(alphabet.length)];
      }
      readOrRefuse(changed, layout);
    }
  }

  private static void readOrRefuse(byte[] file, Layout layout) {
    try {
      assertEquals(2, Safetensors.read(ByteBuffer.wrap(file), layout).length);
    } catch (FormatException refused) {
      assertTrue(refused.position() >= 0 && refused.position() <= file.length);
    }
  }

  private static void assertRefused(ByteBuffer file, String message, TensorSpec... tensors) {
    assertThatThrownBy(() -> Safetensors.read(file, layout(tensors)))
        .isInstanceOf(FormatException.class)
        .hasMessage(message);
  }

  private static byte[] example() {
    return Safetensors.write(layout(tensor("x", 2)), Map.of(), new float[] {1, 2}).array();
  }

  private static Layout layout(TensorSpec... tensors) {
    return new Layout(List.of(tensors));
  }

  private static TensorSpec tensor(String name, Integer... shape) {
    return new TensorSpec(name, List.of(shape));
  }

  private static ByteBuffer file(String header, int dataSize) {
    return file(header.getBytes(StandardCharsets.UTF_8), dataSize);
  }

  private static ByteBuffer file(byte[] header, int dataSize) {
    return ByteBuffer.allocate(8 + header.length + dataSize)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .rewind();
  }
}
