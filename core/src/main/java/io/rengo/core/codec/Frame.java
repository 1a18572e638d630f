package io.rengo.core.codec;

import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.core.Safetensors.Entry;
import io.rengo.core.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The tensors of a payload in the order of their data, without gaps. It follows from the layout
/// and the encoding alone, so that whoever knows these needs no more of a payload than the byte at
/// which its data begins.
public record Frame(List<Entry> entries) {
  /// What the names of the tensors begin with that are not the model's.
  private static final String OWN = "rengo.";

  public Frame {
    entries = List.copyOf(entries);
  }

  /// The layout's tensors in one dtype, after some of the encoding's own.
  static Frame of(List<Entry> own, Layout layout, String dtype, int bytes) {
    List<Entry> entries = new ArrayList<>(own);
    for (TensorSpec tensor : layout.tensors()) {
      if (tensor.name().startsWith(OWN)) {
        throw new IllegalArgumentException(
            "the tensor " + tensor.name() + " has a name that encodings keep for themselves");
      }
      long begin = end(entries);
      entries.add(
          new Entry(tensor.name(), dtype, tensor.shape(), begin, begin + bytes * tensor.size()));
    }
    return new Frame(entries);
  }

  /// A flat tensor of the encoding's own, after those before it.
  static Entry own(List<Entry> before, String name, String dtype, int bytes, long count) {
    long begin = end(before);
    return new Entry(
        OWN + name, dtype, List.of(Math.toIntExact(count)), begin, begin + bytes * count);
  }

  private static long end(List<Entry> entries) {
    return entries.isEmpty() ? 0 : entries.getLast().end();
  }

  /// Bytes of the data.
  public long size() {
    return end(entries);
  }

  /// An empty file of this frame, little-endian, its header written: its position is where the data
  /// begins.
  public ByteBuffer file() {
    ByteBuffer header = Safetensors.header(entries, Map.of());
    return ByteBuffer.allocate(Math.toIntExact(header.remaining() + size()))
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(header);
  }
}
