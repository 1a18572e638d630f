package io.rengo.local.states;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JSON as the maps and lists that JSONata reads, without a copy.
interface JsonView {
  /// The JSON that is viewed.
  JsonNode json();

  /// A value for JSONata: a view, a text, a number, a boolean, or its null.
  static Object of(JsonNode json) {
    return switch (json.getNodeType()) {
      case OBJECT -> new OfObject(json);
      case ARRAY -> new OfArray(json);
      case NUMBER -> number(json);
      case BOOLEAN -> json.booleanValue();
      case STRING -> json.textValue();
      case NULL -> Jsonata.NULL_VALUE;
      case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not JSON: " + json);
    };
  }

  private static Number number(JsonNode json) {
    return json.canConvertToLong() && json.isIntegralNumber()
        ? json.numberValue()
        : (Number) json.doubleValue();
  }

  /// An object as a map.
  final class OfObject extends AbstractMap<String, Object> implements JsonView {
    private final JsonNode json;

    OfObject(JsonNode json) {
      this.json = json;
    }

    @Override
    public JsonNode json() {
      return json;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
      JsonNode value = key instanceof String name ? json.get(name) : null;
      return value == null ? null : of(value);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return key instanceof String name && json.has(name);
    }

    @Override
    public int size() {
      return json.size();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public Iterator<Map.Entry<String, Object>> iterator() {
          return json.properties().stream()
              .map(field -> Map.entry(field.getKey(), of(field.getValue())))
              .iterator();
        }

        @Override
        public int size() {
          return json.size();
        }
      };
    }
  }

  /// An array as a list.
  final class OfArray extends AbstractList<Object> implements JsonView, RandomAccess {
    private final JsonNode json;

    OfArray(JsonNode json) {
      this.json = json;
    }

    @Override
    public JsonNode json() {
      return json;
    }

    @Override
    public Object get(int index) {
      if (index < 0 || index >= json.size()) {
        throw new IndexOutOfBoundsException(index);
      }
      return of(json.get(index));
    }

    @Override
    public int size() {
      return json.size();
    }
  }
}
