package io.rengo.local.states;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/// The functions that AWS Step Functions adds to JSONata, as far as LocalStack has them.
final class ExtraFunctions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_ITEMS = 1_000;

  private static final JFunction PARSE =
      new JFunction((input, arguments) -> parse((String) argument(arguments, 0)), "<s:x>");
  private static final JFunction RANGE =
      new JFunction(
          (input, arguments) ->
              range(number(arguments, 0), number(arguments, 1), number(arguments, 2)),
          "<nnn:a>");
  private static final JFunction PARTITION =
      new JFunction(
          (input, arguments) ->
              partition((List<?>) argument(arguments, 0), (int) number(arguments, 1)),
          "<an:a>");

  private ExtraFunctions() {}

  static void bind(Jsonata.Frame frame) {
    frame.bind("parse", PARSE);
    frame.bind("range", RANGE);
    frame.bind("partition", PARTITION);
  }

  private static Object parse(String json) {
    try {
      return JsonView.of(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("$parse: " + e.getOriginalMessage(), e);
    }
  }

  private static List<Long> range(long first, long last, long step) {
    List<Long> items = new ArrayList<>();
    if (step == 0) {
      throw new IllegalArgumentException("$range: a step of 0");
    }
    for (long item = first; step > 0 ? item <= last : item >= last; item += step) {
      items.add(item);
      if (items.size() > MOST_ITEMS) {
        throw new IllegalArgumentException("$range: more than " + MOST_ITEMS + " items");
      }
    }
    return items;
  }

  private static List<List<Object>> partition(List<?> items, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("$partition: parts of " + size);
    }
    List<List<Object>> parts = new ArrayList<>();
    for (int from = 0; from < items.size(); from += size) {
      parts.add(List.copyOf(items.subList(from, Math.min(from + size, items.size()))));
    }
    return parts;
  }

  private static long number(Object arguments, int index) {
    return ((Number) argument(arguments, index)).longValue();
  }

  private static Object argument(Object arguments, int index) {
    return ((List<?>) arguments).get(index);
  }
}
