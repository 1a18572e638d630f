package io.rengo.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them: `500ms`, `90s`, `15m`, `6h`, `2d`.
public final class Durations {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Durations() {}

  /// Reads a duration; throws [IllegalArgumentException] where the text is none.
  public static Duration parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "«" + text + "» is not a duration such as 90s, 15m, 6h or 2d");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /// Writes a duration so that [#parse] reads it, in the largest unit that divides it. Throws
  /// [IllegalArgumentException] where none does, or where it is negative.
  public static String format(Duration duration) {
    if (duration.isNegative() || duration.getNano() % 1_000_000 != 0) {
      throw new IllegalArgumentException(duration + " is not a whole number of milliseconds");
    }
    long seconds = duration.toSeconds();
    if (duration.getNano() != 0) {
      return duration.toMillis() + "ms";
    }
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
  }

  static SimpleModule module() {
    return new SimpleModule("rengo-durations")
        .addDeserializer(
            Duration.class,
            new StdDeserializer<Duration>(Duration.class) {
              @Override
              public Duration deserialize(JsonParser parser, DeserializationContext context)
                  throws IOException {
                String text = parser.getValueAsString("");
                try {
                  return parse(text);
                } catch (IllegalArgumentException e) {
                  return (Duration)
                      context.handleWeirdStringValue(
                          Duration.class, text, "%s", String.valueOf(e.getMessage()));
                }
              }
            })
        .addSerializer(
            Duration.class,
            new StdSerializer<Duration>(Duration.class) {
              @Override
              public void serialize(
                  Duration value, JsonGenerator generator, SerializerProvider provider)
                  throws IOException {
                generator.writeString(format(value));
              }
            });
  }
}
