package io.rengo.protocol;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// JSON as every message, record and report is written: camel-case fields; unknown, missing and
/// repeated ones are refused, and so is text where a number must be. NaN and infinite numbers are
/// written as the texts `"NaN"`, `"Infinity"` and `"-Infinity"`, and read as those or bare, as
/// Python writes them: it is for the receiver to refuse them with a reason of its own.
public final class Json {
  /// The mapper of messages. Do not change its configuration. Its buffers come from one pool: kept
  /// by thread, as is Jackson's default, they would take 17 KB for each of a simulation's members.
  public static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedBoundedPool()).build())
          .addModules(new Jdk8Module(), new JavaTimeModule(), CoreTypes.module())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
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
      return present(MAPPER.readValue(json, type), type, where);
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
      return present(MAPPER.treeToValue(json, type), type, where);
    } catch (JsonProcessingException e) {
      throw invalid(type, where, e);
    }
  }

  private static <T> T present(@Nullable T message, Class<T> type, String where) {
    if (message == null) {
      throw invalid(type, where, "there is nothing");
    }
    return message;
  }

  private static RengoException invalid(Class<?> type, String where, String why) {
    return new RengoException(
        ErrorCode.MESSAGE_INVALID,
        "not a valid " + type.getSimpleName() + ": " + why,
        where,
        "Let both sides run the same version of Rengo");
  }

  private static RengoException invalid(Class<?> type, String where, JsonProcessingException e) {
    if (e.getCause() instanceof RengoException cause) {
      return cause;
    }
    RengoException error = invalid(type, where, e.getOriginalMessage());
    error.initCause(e);
    return error;
  }
}
