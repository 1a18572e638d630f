package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.SplitMix64;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

final class Splitmix64Vectors implements Operation {
  private static final int COUNT = 4;

  record Streams(List<String> u64, double[] uniform) {}

  @Override
  public Object run(JsonNode inputs, JsonNode params) {
    long seed = inputs.get("seed").asLong();
    var integers = new SplitMix64(seed);
    var uniform = new SplitMix64(seed);
    return new Streams(
        Stream.generate(integers::nextLong).map(Long::toUnsignedString).limit(COUNT).toList(),
        DoubleStream.generate(uniform::nextDouble).limit(COUNT).toArray());
  }
}
