package io.rengo.core;

import io.rengo.core.Safetensors.Entry;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The JSON of a safetensors header, byte for byte as the Python library writes it for the same
/// tensors in the same order. Metadata is sorted by key, so that the same map gives the same bytes.
final class SafetensorsWriter {

  private SafetensorsWriter() {}

  /// The layout's tensors in float32, one after the other.
  static List<Entry> entries(Layout layout) {
    List<Entry> entries = new ArrayList<>();
    long offset = 0;
    for (TensorSpec tensor : layout.tensors()) {
      long end = offset + 4 * tensor.size();
      entries.add(new Entry(tensor.name(), "F32", tensor.shape(), offset, end));
      offset = end;
    }
    return entries;
  }

  static byte[] json(List<Entry> entries, Map<String, String> metadata) {
    var json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      appendMetadata(json, metadata);
    }
    for (Entry entry : entries) {
      if (entry.name().equals(SafetensorsHeaderParser.METADATA)) {
        throw new IllegalArgumentException(
            "the format keeps the name " + SafetensorsHeaderParser.METADATA + " for itself");
      }
      separate(json);
      append(json, entry.name());
      json.append(":{\"dtype\":\"")
          .append(entry.dtype())
          .append("\",\"shape\":")
          .append(entry.shape().toString().replace(" ", ""))
          .append(",\"data_offsets\":[")
          .append(entry.begin())
          .append(',')
          .append(entry.end())
          .append("]}");
    }
    return utf8(json.append('}'));
  }

  private static void appendMetadata(StringBuilder json, Map<String, String> metadata) {
    json.append('"').append(SafetensorsHeaderParser.METADATA).append("\":{");
    new TreeMap<>(metadata)
        .forEach((key, value) -> {
          separate(json);
          append(json, key);
          json.append(':');
          append(json, value);
        });
    json.append('}');
  }

  private static void separate(StringBuilder json) {
    if (json.charAt(json.length() - 1) != '{') {
      json.append(',');
    }
  }

  private static void append(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> json.append(c < 0x20 ? "\\u%04x".formatted((int) c) : c);
      }
    }
    json.append('"');
  }

  private static byte[] utf8(StringBuilder json) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
      var exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a name or metadata has half a surrogate pair", e);
    }
  }
}
