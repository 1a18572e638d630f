package io.rengo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.core.Safetensors.Entry;
import io.rengo.core.Safetensors.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The golden files were made by the Python package, or are read by it: see `golden/make.py`.
class SafetensorsTest {
  private static final String ODD_NAME = "quote \" backslash \\ tab \t bell \u0007 ünï 漢字 😀";

  private static final Map<String, String> METADATA =
      Map.of("note", "a \"quoted\"\nline / \b\f\r\u001f\u007f 漢字");

  @Test
  void write_givesTheBytesOfThePythonLibrary() {
    Layout layout =
        layout(
            tensor("a.bias", 3),
            tensor("a.kernel", 2, 3),
            tensor(ODD_NAME, 1, 1, 2),
            scalar("scalar"));
    float[] parameters = concat(floats(3), floats(6), floats(2), floats(1));

    ByteBuffer file = Safetensors.write(layout, METADATA, parameters);

    assertThat(bytes(file)).isEqualTo(golden("python-sorted"));
  }

  @Test
  void write_keepsTheOrderOfTheLayout_andSortsMetadata() {
    Layout layout = layout(tensor("z.kernel", 2, 3), tensor("a.bias", 3), scalar(ODD_NAME));
    Map<String, String> unsorted = new LinkedHashMap<>();
    unsorted.put("b", "2");
    unsorted.put("a", "1");

    ByteBuffer file = Safetensors.write(layout, unsorted, concat(floats(6), floats(3), floats(1)));

    assertThat(bytes(file)).isEqualTo(golden("java-layout-order"));
  }

  @Test
  void write_refusesParametersOfAnotherLayout() {
    assertThatThrownBy(() -> Safetensors.write(layout(tensor("x", 3)), Map.of(), new float[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("4 parameters for a layout of 3");
  }

  @Test
  void header_endsAtAMultipleOfEight() {
    for (int length = 1; length <= 9; length++) {
      ByteBuffer header = Safetensors.header(layout(tensor("n".repeat(length), 1)), Map.of());
      assertThat(header.remaining() % 8).isZero();
      assertThat(Safetensors.headerLength(header)).isEqualTo(header.remaining() - 8);
    }
  }

  @Test
  void header_refusesWhatTheFormatCannotSay() {
    assertThatThrownBy(() -> Safetensors.header(layout(tensor("__metadata__", 1)), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("__metadata__");
    assertThatThrownBy(() -> Safetensors.header(layout(tensor("half \ud83d", 1)), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("surrogate");
    assertThatThrownBy(() ->
            Safetensors.header(
                layout(tensor("x", 1)), Map.of("k", "v".repeat(Safetensors.MAX_HEADER))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the limit is 1048576");
  }

  @Test
  void read_givesTheOrderOfTheLayout_whateverTheOrderInTheFile() {
    Layout layout =
        layout(
            tensor("dense.kernel", 4, 2),
            tensor("dense.bias", 2),
            tensor("out.kernel", 2, 1),
            tensor("out.bias", 1));
    ByteBuffer file = ByteBuffer.wrap(golden("python-reordered"));

    assertThat(Safetensors.read(file, layout))
        .isEqualTo(concat(floats(8), floats(2), floats(2), floats(1)));
    assertThat(header(file).liesAs(layout)).isFalse();
  }

  @Test
  void read_keepsEveryBit() {
    float[] values =
        Safetensors.read(ByteBuffer.wrap(golden("python-extremes")), layout(tensor("x", 8)));

    assertThat(values)
        .isEqualTo(
            new float[] {
              0f,
              -0f,
              Float.MIN_VALUE,
              -Float.MAX_VALUE,
              Float.POSITIVE_INFINITY,
              Float.NEGATIVE_INFINITY,
              Float.NaN,
              (float) Math.PI
            });
    assertThat(Float.floatToRawIntBits(values[1])).isEqualTo(0x80000000);
  }

  @Test
  void read_startsAtTheBuffersPosition_andLeavesItThere() {
    byte[] golden = golden("python-extremes");
    ByteBuffer shifted =
        ByteBuffer.allocateDirect(golden.length + 6).position(3).put(golden).flip().position(3);

    float[] values = Safetensors.read(shifted, layout(tensor("x", 8)));

    assertThat(values[7]).isEqualTo((float) Math.PI);
    assertThat(shifted.position()).isEqualTo(3);
    assertThat(shifted.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
  }

  @Test
  void readHeader_listsTensorsOfEveryDtypeInTheOrderOfTheirData() {
    byte[] golden = golden("python-mixed");

    Header header = header(ByteBuffer.wrap(golden));

    assertThat(header.entries())
        .containsExactly(
            new Entry("label", "I64", List.of(1), 0, 8),
            new Entry("double", "F64", List.of(1), 8, 16),
            new Entry("empty", "F32", List.of(0, 3), 16, 16),
            new Entry("single", "F32", List.of(2), 16, 24),
            new Entry("half", "F16", List.of(1, 2), 24, 28),
            new Entry("flags", "BOOL", List.of(3), 28, 31));
    assertThat(header.metadata()).isEmpty();
    assertThat(header.size()).isEqualTo(golden.length);
    assertThat(header.dataOffset()).isEqualTo(golden.length - 31);
  }

  @Test
  void readHeader_needsOnlyTheFirstBytes() {
    byte[] golden = golden("python-sorted");
    int length = (int) Safetensors.headerLength(ByteBuffer.wrap(golden, 0, 8));

    Header header = Safetensors.readHeader(ByteBuffer.wrap(golden, 0, 8 + length), golden.length);

    assertThat(header.metadata()).isEqualTo(METADATA);
    assertThat(header.entries()).extracting(Entry::name).contains(ODD_NAME);
  }

  @Test
  void liesAs_holdsForTheSameTensorsInTheSameOrder() {
    Header header = header(ByteBuffer.wrap(golden("java-layout-order")));

    assertThat(
            header.liesAs(layout(tensor("z.kernel", 2, 3), tensor("a.bias", 3), scalar(ODD_NAME))))
        .isTrue();
    assertThat(
            header.liesAs(layout(tensor("z.kernel", 3, 2), tensor("a.bias", 3), scalar(ODD_NAME))))
        .isFalse();
    assertThat(header.liesAs(layout(tensor("z.kernel", 2, 3), tensor("a.bias", 3)))).isFalse();
    assertThat(header(ByteBuffer.wrap(golden("python-mixed"))).liesAs(layout(tensor("single", 2))))
        .isFalse();
  }

  @Test
  void liesAs_doesNotHoldForAnotherDtype() {
    var header = new Header(Map.of(), List.of(new Entry("x", "I32", List.of(2), 0, 8)), 64, 72);

    assertThat(header.liesAs(layout(tensor("x", 2)))).isFalse();
  }

  private static Header header(ByteBuffer file) {
    return Safetensors.readHeader(file, file.remaining());
  }

  private static Layout layout(TensorSpec... tensors) {
    return new Layout(List.of(tensors));
  }

  private static TensorSpec tensor(String name, Integer... shape) {
    return new TensorSpec(name, List.of(shape));
  }

  private static TensorSpec scalar(String name) {
    return new TensorSpec(name, List.of());
  }

  /// -2.0, -1.75, -1.5, …
  private static float[] floats(int count) {
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i / 4f - 2;
    }
    return values;
  }

  private static float[] concat(float[]... parts) {
    var all = ByteBuffer.allocate(1024).asFloatBuffer();
    for (float[] part : parts) {
      all.put(part);
    }
    var values = new float[all.position()];
    all.flip().get(values);
    return values;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static byte[] golden(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            SafetensorsTest.class.getResourceAsStream("/golden/" + name + ".safetensors"), name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
