package io.rengo.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// JSON as every message, record and report is written: camel-case fields, unknown ones refused.
public final class Json {
  /// The mapper of messages. Do not change its configuration.
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModules(new Jdk8Module(), new JavaTimeModule(), CoreTypes.module())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private Json() {}

  /// The value as JSON text.
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /// The value as the bytes of JSON text.
  public static ByteBuffer bytes(Object value) {
    return ByteBuffer.wrap(write(value).getBytes(StandardCharsets.UTF_8));
  }

  /// The value as a tree.
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /// Reads a message; throws [ErrorCode#MESSAGE_INVALID] where it is not one.
  ///
  /// @param where what is read, for the error
  public static <T> T read(String json, Class<T> type, String where) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw invalid(type, where, e);
    }
  }

  /// Reads a message from the bytes of its text.
  public static <T> T read(ByteBuffer json, Class<T> type, String where) {
    return read(StandardCharsets.UTF_8.decode(json.duplicate()).toString(), type, where);
  }

  /// Reads a message from its tree.
  public static <T> T read(JsonNode json, Class<T> type, String where) {
    try {
      return MAPPER.treeToValue(json, type);
    } catch (JsonProcessingException e) {
      throw invalid(type, where, e);
    }
  }

  private static RengoException invalid(Class<?> type, String where, JsonProcessingException e) {
    if (e.getCause() instanceof RengoException cause) {
      return cause;
    }
    return new RengoException(
        ErrorCode.MESSAGE_INVALID,
        "not a valid " + type.getSimpleName() + ": " + e.getOriginalMessage(),
        where,
        "Let both sides run the same version of Rengo",
        e);
  }
}
