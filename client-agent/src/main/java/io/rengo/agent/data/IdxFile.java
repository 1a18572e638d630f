package io.rengo.agent.data;

import io.rengo.agent.Examples;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The IDX format of the MNIST files: two zero bytes, the type of an element, the number of
/// dimensions, each dimension as a big-endian int32, then the elements. The length must be exact.
record IdxFile(Path file, int count, int width, float[] values) {
  static Examples read(Path imageFile, Path labelFile) {
    IdxFile images = read(imageFile);
    IdxFile labels = read(labelFile);
    if (labels.width != 1) {
      throw labels.invalid("a label has " + labels.width + " elements", "Give a file of labels");
    }
    if (labels.count != images.count) {
      throw labels.invalid(
          "there are %d labels for %d images".formatted(labels.count, images.count),
          "Give the labels that belong to " + imageFile);
    }
    return new Examples(images.count, images.width, images.values, labels.values);
  }

  static IdxFile read(Path file) {
    try (InputStream in = DataLoader.open(file)) {
      return parse(file, ByteBuffer.wrap(in.readAllBytes()));
    } catch (IOException e) {
      throw DataLoader.unreadable(file, e);
    }
  }

  private static IdxFile parse(Path file, ByteBuffer bytes) {
    int magic = bytes.remaining() < 4 ? -1 : bytes.getInt();
    int dimensions = magic & 0xff;
    if (magic >>> 16 != 0 || dimensions == 0 || bytes.remaining() < 4L * dimensions) {
      throw invalid(file, "the file does not begin as IDX does", "Give an IDX file");
    }
    long count = Integer.toUnsignedLong(bytes.getInt());
    long width = 1;
    for (int i = 1; i < dimensions; i++) {
      width *= Integer.toUnsignedLong(bytes.getInt());
      if (width == 0 || width > Integer.MAX_VALUE) {
        throw invalid(file, "dimension " + i + " makes rows of no possible size", "Check the file");
      }
    }
    if (count * width > Integer.MAX_VALUE) {
      throw invalid(file, "there are more elements than memory can hold", "Part the file");
    }
    int type = magic >>> 8;
    long expected = count * width * bytesOf(file, type);
    if (bytes.remaining() != expected) {
      throw invalid(
          file,
          "%d bytes of elements follow the header, not %d".formatted(bytes.remaining(), expected),
          "Get the whole file again");
    }
    float[] values = new float[Math.toIntExact(count * width)];
    for (int i = 0; i < values.length; i++) {
      values[i] = element(bytes, type);
    }
    return new IdxFile(file, (int) count, (int) width, values);
  }

  private static int bytesOf(Path file, int type) {
    return switch (type) {
      case 0x08, 0x09 -> 1;
      case 0x0B -> 2;
      case 0x0C, 0x0D -> 4;
      case 0x0E -> 8;
      default -> throw invalid(file, "there is no element type " + type, "Give an IDX file");
    };
  }

  private static float element(ByteBuffer bytes, int type) {
    return switch (type) {
      case 0x08 -> bytes.get() & 0xff;
      case 0x09 -> bytes.get();
      case 0x0B -> bytes.getShort();
      case 0x0C -> bytes.getInt();
      case 0x0D -> bytes.getFloat();
      default -> (float) bytes.getDouble();
    };
  }

  private RengoException invalid(String what, String mend) {
    return invalid(file, what, mend);
  }

  private static RengoException invalid(Path file, String what, String mend) {
    return DataLoader.invalid(what, file.toString(), mend);
  }
}
