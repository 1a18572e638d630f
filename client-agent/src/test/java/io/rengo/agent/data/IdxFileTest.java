package io.rengo.agent.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.agent.Examples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxFileTest {
  private static final int IMAGES = 0x0803;
  private static final int LABELS = 0x0801;

  @TempDir Path folder;

  @Test
  void imagesAndLabels_areExamples() throws IOException {
    Path images = write("images", IMAGES, new int[] {2, 1, 3}, 0, 1, 2, 253, 254, 255);
    Path labels = write("labels", LABELS, new int[] {2}, 7, 9);
    Examples examples = IdxFile.read(images, labels);
    assertThat(examples.width()).isEqualTo(3);
    assertThat(examples.features()).containsExactly(0, 1, 2, 253, 254, 255);
    assertThat(examples.targets()).containsExactly(7, 9);
  }

  @Test
  void floats_areBigEndian() throws IOException {
    byte[] bytes =
        ByteBuffer.allocate(16).putInt(0x0D01).putInt(2).putFloat(1.5f).putFloat(-2f).array();
    Path file = Files.write(folder.resolve("floats"), bytes);
    assertThat(IdxFile.read(file).values()).containsExactly(1.5f, -2f);
  }

  @Test
  void lengths_mustBeExact() throws IOException {
    Path longer = write("longer", LABELS, new int[] {2}, 1, 2, 3);
    Path shorter = write("shorter", LABELS, new int[] {4}, 1, 2, 3);
    assertThatThrownBy(() -> IdxFile.read(longer)).hasMessageContaining("3 bytes of elements");
    assertThatThrownBy(() -> IdxFile.read(shorter)).hasMessageContaining("not 4");
  }

  @Test
  void counts_mustAgree() throws IOException {
    Path images = write("images", IMAGES, new int[] {2, 1, 1}, 1, 2);
    Path labels = write("labels", LABELS, new int[] {3}, 1, 2, 3);
    assertThatThrownBy(() -> IdxFile.read(images, labels))
        .hasMessageContaining("3 labels for 2 images");
    assertThatThrownBy(() ->
            IdxFile.read(labels, write("more", IMAGES, new int[] {3, 1, 2}, 1, 2, 3, 4, 5, 6)))
        .hasMessageContaining("a label has 2 elements");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x1F8B0803, 0x0800, 0x0701, 0x01000801})
  void otherFiles_areRefused(int magic) throws IOException {
    Path file = write("file", magic, new int[] {1}, 1);
    assertThatThrownBy(() -> IdxFile.read(file)).hasMessageContaining("DATA_INVALID");
  }

  @Test
  void hugeDimensions_areRefused() throws IOException {
    Path file = write("file", IMAGES, new int[] {-1, 1 << 20, 1 << 10}, 1);
    assertThatThrownBy(() -> IdxFile.read(file)).hasMessageContaining("DATA_INVALID");
  }

  private Path write(String name, int magic, int[] dimensions, int... elements) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + elements.length);
    bytes.putInt(magic);
    for (int dimension : dimensions) {
      bytes.putInt(dimension);
    }
    for (int element : elements) {
      bytes.put((byte) element);
    }
    return Files.write(folder.resolve(name), bytes.array());
  }
}
