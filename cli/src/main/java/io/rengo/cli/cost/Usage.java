package io.rengo.cli.cost;

import java.util.EnumMap;
import java.util.Map;

/// How much of each is used.
public record Usage(Map<Item, Double> counts) {
  /// Nothing.
  public static final Usage NONE = new Usage(Map.of());

  public Usage {
    EnumMap<Item, Double> copy = new EnumMap<>(Item.class);
    copy.putAll(counts);
    counts = copy;
  }

  /// So many of one.
  static Usage of(Item item, double count) {
    return new Usage(Map.of(item, count));
  }

  Usage and(Item item, double count) {
    return plus(of(item, count));
  }

  Usage plus(Usage other) {
    EnumMap<Item, Double> sum = new EnumMap<>(Item.class);
    sum.putAll(counts);
    other.counts.forEach((item, count) -> sum.merge(item, count, Double::sum));
    return new Usage(sum);
  }

  Usage times(double factor) {
    EnumMap<Item, Double> product = new EnumMap<>(Item.class);
    counts.forEach((item, count) -> product.put(item, count * factor));
    return new Usage(product);
  }

  /// How many of one.
  public double count(Item item) {
    return counts.getOrDefault(item, 0.0);
  }
}
