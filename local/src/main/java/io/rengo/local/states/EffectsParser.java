package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.local.states.State.Effects;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads `Output` and `Assign`, and notes the variables that are assigned.
final class EffectsParser {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,79}");

  private final TemplateParser templates;
  private final Map<String, String> assigned;

  EffectsParser(TemplateParser templates, Map<String, String> assigned) {
    this.templates = templates;
    this.assigned = assigned;
  }

  Effects parse(Fields fields) {
    Optional<Template> output =
        fields.optional("Output").map(value -> templates.parse(value, fields.where("Output")));
    Map<String, Template> assign = new LinkedHashMap<>();
    fields
        .optional("Assign")
        .ifPresent(value -> {
          if (!value.isObject()) {
            throw fields.error("Assign", "not an object but " + value, "Write { … }");
          }
          value.properties().forEach(entry -> assign(fields, entry, assign));
        });
    return new Effects(output, assign);
  }

  private void assign(
      Fields fields, Map.Entry<String, JsonNode> entry, Map<String, Template> assign) {
    String name = entry.getKey();
    String where = fields.where("Assign." + name);
    if (!NAME.matcher(name).matches() || name.equals("states")) {
      throw Fields.invalid(
          "no variable may be named " + name, where, "Use letters, digits and _, but not states");
    }
    assigned.putIfAbsent(name, where);
    assign.put(name, templates.parse(entry.getValue(), where));
  }
}
