package io.rengo.local.states;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rengo.local.states.State.Each;
import io.rengo.local.states.State.Each.Items;
import io.rengo.local.states.State.Parallel;
import io.rengo.protocol.ObjectStore.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs the flows inside a Map or a Parallel.
final class EachRunner {
  private static final int MOST_INLINE = 40;
  private static final int MOST_DISTRIBUTED = 10_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private EachRunner() {}

  static JsonNode run(Parallel parallel, Visit visit) throws StateError, InterruptedException {
    JsonNode input =
        parallel.arguments().isPresent()
            ? parallel.arguments().get().evaluate(visit.bindings())
            : visit.input();
    DataLimit.check(input, "branches' input");
    List<Flow> branches = parallel.branches();
    return Forks.run(
        visit.run(),
        branches.size(),
        branches.size(),
        index -> visit.inner().follow(branches.get(index), input));
  }

  static JsonNode run(Each each, Visit visit) throws StateError, InterruptedException {
    JsonNode items = items(each.items(), visit);
    int most = each.distributed() ? MOST_DISTRIBUTED : MOST_INLINE;
    long wanted =
        each.maxConcurrency().isPresent()
            ? Values.count(each.maxConcurrency().get(), visit.bindings(), 0)
            : 0;
    int atOnce = wanted == 0 ? most : (int) Math.min(wanted, most);
    JsonNode results =
        Forks.run(
            visit.run(), items.size(), atOnce, index -> one(each, visit, index, items.get(index)));
    DataLimit.check(results, "results of the items");
    return results;
  }

  private static JsonNode one(Each each, Visit visit, int index, JsonNode item)
      throws StateError, InterruptedException {
    JsonNode input =
        each.selector().isPresent()
            ? each.selector().get().evaluate(visit.bindings(index, item))
            : item;
    DataLimit.check(input, "item's input");
    if (!each.distributed()) {
      return visit.inner(index, item).follow(each.processor(), input);
    }
    try {
      return visit.child(index, input).follow(each.processor(), input);
    } catch (StateError e) {
      throw e.ofDistributedItem(index);
    }
  }

  private static JsonNode items(Items items, Visit visit) throws StateError {
    return switch (items) {
      case Items.OfState(Optional<Template> template) when template.isPresent() ->
          Values.array(template.get(), visit.bindings());
      case Items.OfState ofState -> array(visit.input(), StateError.QUERY, "The state's input");
      case Items.OfObject(Template arguments, Optional<Template> maxItems) -> {
        JsonNode read = read(arguments.evaluate(visit.bindings()), visit);
        long most =
            maxItems.isPresent()
                ? Values.count(maxItems.get(), visit.bindings(), 1)
                : Long.MAX_VALUE;
        yield first(read, most);
      }
    };
  }

  private static JsonNode read(JsonNode arguments, Visit visit) throws StateError {
    String key = arguments.path("Key").asText();
    StoredObject object =
        visit
            .run()
            .engine()
            .objects()
            .get(key)
            .orElseThrow(() -> new StateError(StateError.ITEM_READER, "There is no object " + key));
    try {
      JsonNode json = JSON.readTree(UTF_8.decode(object.content()).toString());
      return array(json, StateError.ITEM_READER, "The object " + key);
    } catch (IOException e) {
      throw new StateError(StateError.ITEM_READER, "Not JSON: " + key + ": " + e.getMessage());
    }
  }

  private static JsonNode array(JsonNode json, String error, String what) throws StateError {
    if (!json.isArray()) {
      throw new StateError(error, what + " is not an array");
    }
    return json;
  }

  private static JsonNode first(JsonNode items, long most) {
    if (items.size() <= most) {
      return items;
    }
    List<JsonNode> first = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      first.add(items.get(i));
    }
    return JSON.createArrayNode().addAll(first);
  }
}
