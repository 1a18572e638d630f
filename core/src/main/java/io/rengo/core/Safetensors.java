package io.rengo.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Models and updates as files in the safetensors format, which PyTorch, JAX and Hugging Face's
/// tools read: eight bytes with the header's length (little-endian), a header in JSON with each
/// tensor's dtype, shape and place, then the tensors' bytes (little-endian, row-major).
///
/// What is written has float32 tensors in the order of the layout, without gaps, from a multiple of
/// 8 on: the data is the flat parameter vector, so that a range of it can be read or written
/// without the rest. What is read may have the tensors in any order (the Python library sorts them
/// by name), but must keep the format's rules to the letter: the offsets cover the data once and
/// wholly, sizes are what dtypes and shapes say, nothing appears twice, nothing unknown appears.
public final class Safetensors {
  /// The longest header that is read or written, in bytes: about ten thousand tensors. The format
  /// itself allows 100 MB.
  public static final int MAX_HEADER = 1 << 20;

  /// Bytes of the header's length, which stand before the header.
  public static final int LENGTH_BYTES = Long.BYTES;

  private static final int HEADER_AT = LENGTH_BYTES;

  private Safetensors() {}

  /// One tensor of a file: its data lies in bytes `begin` to `end` (exclusive), counted from the
  /// header's `dataOffset`. `dtype` is the format's own name, such as `F32` or `BF16`.
  public record Entry(String name, String dtype, List<Integer> shape, long begin, long end) {
    public Entry {
      shape = List.copyOf(shape);
    }

    /// Whether this is the tensor, in float32.
    boolean is(TensorSpec tensor) {
      return dtype.equals("F32") && name.equals(tensor.name()) && shape.equals(tensor.shape());
    }
  }

  /// What a file holds.
  ///
  /// @param metadata the file's free text entries
  /// @param entries the tensors in the order of their data
  /// @param dataOffset the byte of the file that the data begins at
  /// @param size of the whole file in bytes
  public record Header(
      Map<String, String> metadata, List<Entry> entries, long dataOffset, long size) {
    public Header {
      metadata = Map.copyOf(metadata);
      entries = List.copyOf(entries);
    }

    /// Whether the data is the flat parameter vector of this layout: the same tensors in the same
    /// order, all of float32.
    public boolean liesAs(Layout layout) {
      List<TensorSpec> tensors = layout.tensors();
      return entries.size() == tensors.size()
          && IntStream.range(0, entries.size()).allMatch(i -> entries.get(i).is(tensors.get(i)));
    }
  }

  /// The layout's tensors in its own order, as they lie in a file. Throws [FormatException] where
  /// the file does not hold exactly these, in float32.
  public static List<Entry> inOrder(Header header, Layout layout) {
    return SafetensorsReader.inOrder(header, layout);
  }

  /// The first bytes of a file of this layout, up to where the data begins: the length and the
  /// header. Throws [IllegalArgumentException] where the header is longer than [#MAX_HEADER].
  public static ByteBuffer header(Layout layout, Map<String, String> metadata) {
    return header(SafetensorsWriter.entries(layout), metadata);
  }

  /// The first bytes of a file of these tensors, which lie one after the other, up to where the
  /// data begins. Throws [IllegalArgumentException] where the header is longer than [#MAX_HEADER].
  public static ByteBuffer header(List<Entry> entries, Map<String, String> metadata) {
    byte[] json = SafetensorsWriter.json(entries, metadata);
    int length = (json.length + 7) / 8 * 8;
    if (length > MAX_HEADER) {
      throw new IllegalArgumentException(
          "the header would have " + length + " bytes, the limit is " + MAX_HEADER);
    }
    var header = ByteBuffer.allocate(HEADER_AT + length).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(length).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  /// A whole file with these parameters, which are flat in the order of the layout. Throws
  /// [IllegalArgumentException] where their number is not the layout's.
  public static ByteBuffer write(Layout layout, Map<String, String> metadata, float[] parameters) {
    if (parameters.length != layout.size()) {
      throw new IllegalArgumentException(
          parameters.length + " parameters for a layout of " + layout.size());
    }
    ByteBuffer header = header(layout, metadata);
    long size = header.remaining() + 4L * parameters.length;
    var file = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    file.put(header);
    file.asFloatBuffer().put(parameters);
    return file.rewind();
  }

  /// Length in bytes of the header that follows the first eight bytes of a file. The buffer is left
  /// as it was.
  public static long headerLength(ByteBuffer first8) {
    if (first8.remaining() < LENGTH_BYTES) {
      throw new FormatException(first8.remaining(), "the file ends inside its first 8 bytes");
    }
    long length = first8.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > MAX_HEADER) {
      throw new FormatException(
          0,
          "the header would have "
              + Long.toUnsignedString(length)
              + " bytes; 2 to "
              + MAX_HEADER
              + " are allowed");
    }
    return length;
  }

  /// Reads the header of a file of `fileSize` bytes. `prefix` holds the file's first bytes from its
  /// position on, at least `8 + headerLength` of them, and is left as it was.
  public static Header readHeader(ByteBuffer prefix, long fileSize) {
    int length = (int) headerLength(prefix);
    long dataOffset = HEADER_AT + (long) length;
    if (dataOffset > fileSize) {
      throw new FormatException(
          fileSize, "the file ends here, inside its header of " + length + " bytes");
    }
    if (dataOffset > prefix.remaining()) {
      throw new FormatException(
          prefix.remaining(), "the bytes end here, inside the header of " + length + " bytes");
    }
    ByteBuffer json = prefix.slice(prefix.position() + HEADER_AT, length);
    return SafetensorsReader.header(json, dataOffset, fileSize);
  }

  /// The flat parameters, in the order of the layout, of a whole file, whatever the order of its
  /// tensors. The buffer, from position to limit, is left as it was. Throws [FormatException] where
  /// the file is broken or does not hold exactly the layout's tensors in float32.
  public static float[] read(ByteBuffer file, Layout layout) {
    return SafetensorsReader.parameters(file, readHeader(file, file.remaining()), layout);
  }
}
