package io.rengo.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the JSON of a safetensors header: which fields there are, and that none is missing,
/// unknown or there twice. What the numbers mean is checked by [SafetensorsReader].
final class SafetensorsHeaderParser {
  static final String METADATA = "__metadata__";

  private final JsonCursor json;
  private final Map<String, String> metadata = new HashMap<>();
  private final List<RawEntry> entries = new ArrayList<>();

  /// A tensor as the header has it, and the byte `at` which the header begins to speak of it.
  record RawEntry(String name, String dtype, List<Long> shape, long begin, long end, long at) {}

  private SafetensorsHeaderParser(ByteBuffer text) {
    if (text.get(text.position()) != '{') {
      throw new FormatException(Safetensors.LENGTH_BYTES, "the header does not begin with '{'");
    }
    this.json = new JsonCursor(text, Safetensors.LENGTH_BYTES);
  }

  static SafetensorsHeaderParser parse(ByteBuffer text) {
    var parser = new SafetensorsHeaderParser(text);
    parser.object("the header", parser::tensorOrMetadata);
    parser.json.expectEnd();
    return parser;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  /// In the order of the header.
  List<RawEntry> entries() {
    return entries;
  }

  private interface Field {
    /// Reads the value of the field; its name, which begins at byte `at`, has been read.
    void read(String name, long at);
  }

  private void object(String owner, Field field) {
    Set<String> names = new HashSet<>();
    json.expect('{');
    if (json.accept('}')) {
      return;
    }
    do {
      long at = json.position();
      String name = json.string();
      if (!names.add(name)) {
        throw new FormatException(at, name + " appears twice in " + owner);
      }
      json.expect(':');
      field.read(name, at);
    } while (json.accept(','));
    json.expect('}');
  }

  private void tensorOrMetadata(String name, long at) {
    if (name.equals(METADATA)) {
      object(METADATA, (key, keyAt) -> metadata.put(key, json.string()));
    } else {
      tensor(name, at);
    }
  }

  private void tensor(String name, long at) {
    var dtypes = new ArrayList<String>(1);
    var shape = new ArrayList<Long>();
    var offsets = new ArrayList<Long>(2);
    Set<String> missing = new HashSet<>(Set.of("dtype", "shape", "data_offsets"));
    object(
        "tensor " + name,
        (field, fieldAt) -> {
          missing.remove(field);
          switch (field) {
            case "dtype" -> dtypes.add(json.string());
            case "shape" -> integers(shape);
            case "data_offsets" -> integers(offsets);
            default ->
                throw new FormatException(fieldAt, "tensor " + name + " has unknown " + field);
          }
        });
    if (!missing.isEmpty()) {
      throw new FormatException(at, "tensor " + name + " lacks " + missing.iterator().next());
    }
    if (offsets.size() != 2) {
      throw new FormatException(
          at, "tensor " + name + " has " + offsets.size() + " data_offsets, not 2");
    }
    entries.add(new RawEntry(name, dtypes.getFirst(), shape, offsets.get(0), offsets.get(1), at));
  }

  private void integers(List<Long> values) {
    json.expect('[');
    if (json.accept(']')) {
      return;
    }
    do {
      values.add(json.integer());
    } while (json.accept(','));
    json.expect(']');
  }
}
