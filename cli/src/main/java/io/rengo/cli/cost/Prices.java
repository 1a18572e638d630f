package io.rengo.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/// A table of prices in US dollars.
///
/// @param region that they hold for
/// @param date on which they held
/// @param unit price of one of each
/// @param serverGbHour an hour of a GB of memory in an instance that is always on
public record Prices(String region, String date, Map<Item, Double> unit, double serverGbHour) {
  public Prices {
    unit = new EnumMap<>(unit);
    for (Item item : Item.values()) {
      Double price = unit.get(item);
      if (price == null || !(price >= 0 && Double.isFinite(price))) {
        throw new IllegalArgumentException("no price for " + item.label());
      }
    }
  }

  /// The table that comes with the program.
  public static Prices bundled() {
    try (InputStream in = Prices.class.getResourceAsStream("prices.yaml")) {
      if (in == null) {
        throw new IllegalStateException("the resource prices.yaml is missing");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "prices.yaml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A table in YAML.
  ///
  /// @param source the file's name, for errors
  public static Prices parse(String text, String source) {
    JsonNode tree = JobFile.readTree(text, source);
    try {
      return new Prices(
          tree.path("region").asText(),
          tree.path("date").asText(),
          Json.MAPPER.convertValue(
              tree.path("unit"),
              Json.MAPPER.getTypeFactory().constructMapType(Map.class, Item.class, Double.class)),
          tree.path("server-gb-hour").asDouble());
    } catch (IllegalArgumentException e) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "the table of prices is not whole: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          source,
          "Give a price for each of the lines of the program's own table",
          e);
    }
  }

  /// Dollars for so many of each.
  public double of(Usage usage) {
    return usage.counts().entrySet().stream()
        .mapToDouble(entry -> entry.getValue() * unit.getOrDefault(entry.getKey(), 0.0))
        .sum();
  }
}
