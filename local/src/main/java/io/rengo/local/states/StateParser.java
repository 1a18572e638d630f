package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.local.states.State.Choice;
import io.rengo.local.states.State.Each;
import io.rengo.local.states.State.Effects;
import io.rengo.local.states.State.Fail;
import io.rengo.local.states.State.Parallel;
import io.rengo.local.states.State.Pass;
import io.rengo.local.states.State.Succeed;
import io.rengo.local.states.State.Task;
import io.rengo.local.states.State.Wait;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads one state.
final class StateParser {
  private final Fields fields;
  private final EffectsParser effects;
  private final TemplateParser templates;

  StateParser(Fields fields, TemplateParser templates, Map<String, String> assigned) {
    this.fields = fields;
    this.templates = templates;
    effects = new EffectsParser(templates, assigned);
  }

  State parse() {
    fields.ignore("Comment");
    fields
        .optionalText("QueryLanguage")
        .filter(language -> !language.equals("JSONata"))
        .ifPresent(language -> {
          throw fields.error("QueryLanguage", "not JSONata but " + language, "Write JSONata");
        });
    String type = fields.text("Type");
    State state =
        switch (type) {
          case "Pass" -> new Pass(effects(), next());
          case "Task" -> task();
          case "Choice" -> choice();
          case "Wait" -> waiting();
          case "Map" -> each();
          case "Parallel" -> parallel();
          case "Succeed" -> new Succeed(new Effects(template("Output"), Map.of()));
          case "Fail" -> new Fail(template("Error"), template("Cause"));
          default ->
              throw fields.error(
                  "Type",
                  "no state type is named " + type,
                  "Types: Choice, Fail, Map, Parallel, Pass, Succeed, Task, Wait");
        };
    fields.done();
    return state;
  }

  private Task task() {
    Resource resource = Resource.of(fields.text("Resource"), fields.where("Resource"));
    JsonNode arguments = fields.required("Arguments");
    Template template = templates.parse(arguments, fields.where("Arguments"));
    if (arguments.isObject()) {
      Set<String> names = new HashSet<>();
      arguments.fieldNames().forEachRemaining(names::add);
      resource.check(names, fields.where("Arguments"));
    }
    return new Task(
        resource,
        template,
        count("TimeoutSeconds", 1),
        count("HeartbeatSeconds", 1),
        effects(),
        RecoveryParser.parse(fields, effects),
        next());
  }

  private Choice choice() {
    List<Choice.Rule> rules =
        fields.objects("Choices").stream()
            .map(rule -> {
              rule.ignore("Comment");
              Template condition =
                  templates.parse(rule.required("Condition"), rule.where("Condition"));
              Choice.Rule read = new Choice.Rule(condition, effects.parse(rule), rule.text("Next"));
              rule.done();
              return read;
            })
            .toList();
    return new Choice(rules, effects(), fields.optionalText("Default"));
  }

  private Wait waiting() {
    boolean untilMoment = fields.has("Timestamp");
    if (untilMoment == fields.has("Seconds")) {
      throw fields.error("Seconds", "either Seconds or Timestamp", "Give one of them");
    }
    Template time =
        untilMoment
            ? templates.parse(fields.required("Timestamp"), fields.where("Timestamp"))
            : count("Seconds", 0).orElseThrow();
    return new Wait(time, untilMoment, effects(), next());
  }

  private Each each() {
    Fields processor = fields.object("ItemProcessor");
    boolean distributed = ItemsParser.isDistributed(processor);
    processor.ignore("Comment");
    Flow flow = FlowParser.parse(processor, fields.where() + " > ");
    processor.done();
    if (distributed) {
      fields.ignore("Label");
    }
    return new Each(
        new ItemsParser(fields, templates).parse(distributed),
        template("ItemSelector"),
        flow,
        distributed,
        count("MaxConcurrency", 0),
        effects(),
        RecoveryParser.parse(fields, effects),
        next());
  }

  private Parallel parallel() {
    List<Flow> branches =
        fields.objects("Branches").stream()
            .map(branch -> {
              branch.ignore("Comment");
              Flow flow = FlowParser.parse(branch, fields.where() + " > ");
              branch.done();
              return flow;
            })
            .toList();
    return new Parallel(
        branches, template("Arguments"), effects(), RecoveryParser.parse(fields, effects), next());
  }

  private Effects effects() {
    return effects.parse(fields);
  }

  private Optional<Template> template(String field) {
    return fields.optional(field).map(value -> templates.parse(value, fields.where(field)));
  }

  /// A whole number, at least `least`, or an expression.
  private Optional<Template> count(String field, int least) {
    Optional<JsonNode> value = fields.optional(field);
    if (value.filter(v -> !v.isTextual() && !(v.isInt() && v.intValue() >= least)).isPresent()) {
      throw fields.error(
          field,
          "not a whole number of " + least + " or more but " + value.get(),
          "Mend the number, or write an expression");
    }
    return template(field);
  }

  private Optional<String> next() {
    Optional<String> next = fields.optionalText("Next");
    boolean ends = fields.optional("End").filter(JsonNode::booleanValue).isPresent();
    if (next.isPresent() == ends) {
      throw fields.error("Next", "either Next or End: true", "Give one of them");
    }
    return next;
  }
}
