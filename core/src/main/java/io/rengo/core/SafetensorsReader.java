package io.rengo.core;

import io.rengo.core.Safetensors.Entry;
import io.rengo.core.Safetensors.Header;
import io.rengo.core.SafetensorsHeaderParser.RawEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks that the tensors of a safetensors header cover the file's data once and wholly, and reads
/// them.
final class SafetensorsReader {
  private SafetensorsReader() {}

  static Header header(ByteBuffer json, long dataOffset, long fileSize) {
    var parser = SafetensorsHeaderParser.parse(json);
    var ordered = new ArrayList<>(parser.entries());
    ordered.sort(Comparator.comparingLong(RawEntry::begin).thenComparingLong(RawEntry::end));
    var entries = new ArrayList<Entry>(ordered.size());
    long next = 0;
    for (RawEntry raw : ordered) {
      entries.add(checked(raw, next, fileSize - dataOffset));
      next = raw.end();
    }
    if (next != fileSize - dataOffset) {
      throw new FormatException(
          dataOffset + next,
          "the file goes on for %d bytes after its last tensor"
              .formatted(fileSize - dataOffset - next));
    }
    return new Header(parser.metadata(), entries, dataOffset, fileSize);
  }

  private static Entry checked(RawEntry raw, long next, long dataSize) {
    String offsets = "tensor %s lies at [%d, %d)".formatted(raw.name(), raw.begin(), raw.end());
    if (raw.begin() != next) {
      throw new FormatException(
          raw.at(),
          offsets
              + (raw.begin() < next ? ", inside the one before" : " after a hole")
              + ", "
              + next
              + " expected");
    }
    if (raw.end() < raw.begin() || raw.end() > dataSize) {
      throw new FormatException(
          raw.at(), offsets + ", the file has " + dataSize + " bytes of data");
    }
    Dtype dtype =
        Dtype.named(raw.dtype())
            .orElseThrow(() ->
                new FormatException(
                    raw.at(), "tensor %s has unknown dtype %s".formatted(raw.name(), raw.dtype())));
    List<Integer> shape = shape(raw);
    long size = raw.end() - raw.begin();
    if (!elements(raw).flatMap(dtype::bytes).equals(Optional.of(size))) {
      throw new FormatException(
          raw.at(), "%s, which is not the size of %s %s".formatted(offsets, dtype, shape));
    }
    return new Entry(raw.name(), raw.dtype(), shape, raw.begin(), raw.end());
  }

  private static List<Integer> shape(RawEntry raw) {
    for (long dimension : raw.shape()) {
      if (dimension > Integer.MAX_VALUE) {
        throw new FormatException(
            raw.at(), "tensor %s has dimension %d".formatted(raw.name(), dimension));
      }
    }
    return raw.shape().stream().map(Long::intValue).toList();
  }

  private static Optional<Long> elements(RawEntry raw) {
    long elements = 1;
    for (long dimension : raw.shape()) {
      if (Math.multiplyHigh(elements, dimension) != 0 || elements * dimension < 0) {
        return Optional.empty();
      }
      elements *= dimension;
    }
    return Optional.of(elements);
  }

  static float[] parameters(ByteBuffer file, Header header, Layout layout) {
    return copy(file.slice().order(ByteOrder.LITTLE_ENDIAN), header, inOrder(header, layout));
  }

  static List<Entry> inOrder(Header header, Layout layout) {
    Map<String, Entry> unread = new HashMap<>();
    header.entries().forEach(entry -> unread.put(entry.name(), entry));
    var ordered = new ArrayList<Entry>();
    for (TensorSpec tensor : layout.tensors()) {
      ordered.add(matching(tensor, Optional.ofNullable(unread.remove(tensor.name())), header));
    }
    for (Entry entry : header.entries()) {
      if (unread.containsKey(entry.name())) {
        throw new FormatException(
            header.dataOffset() + entry.begin(), "the layout has no tensor " + entry.name());
      }
    }
    return ordered;
  }

  private static Entry matching(TensorSpec tensor, Optional<Entry> found, Header header) {
    Entry entry =
        found.orElseThrow(() ->
            new FormatException(
                Safetensors.LENGTH_BYTES, "the header has no tensor " + tensor.name()));
    if (!entry.is(tensor)) {
      throw new FormatException(
          header.dataOffset() + entry.begin(),
          "tensor %s is %s %s, not F32 %s"
              .formatted(entry.name(), entry.dtype(), entry.shape(), tensor.shape()));
    }
    return entry;
  }

  private static float[] copy(ByteBuffer file, Header header, List<Entry> entries) {
    var parameters = new float[(int) ((header.size() - header.dataOffset()) / Float.BYTES)];
    int offset = 0;
    for (Entry entry : entries) {
      int length = (int) (entry.end() - entry.begin()) / Float.BYTES;
      file.position((int) (header.dataOffset() + entry.begin()))
          .asFloatBuffer()
          .get(parameters, offset, length);
      offset += length;
    }
    return parameters;
  }
}
