package io.rengo.local.states;

import io.rengo.local.states.State.Each;
import java.util.Optional;

/// Reads where a Map's items come from, and how it runs.
final class ItemsParser {
  private final Fields fields;
  private final TemplateParser templates;

  ItemsParser(Fields fields, TemplateParser templates) {
    this.fields = fields;
    this.templates = templates;
  }

  static boolean isDistributed(Fields processor) {
    if (!processor.has("ProcessorConfig")) {
      return false;
    }
    Fields config = processor.object("ProcessorConfig");
    String mode = config.optionalText("Mode").orElse("INLINE");
    boolean distributed = mode.equals("DISTRIBUTED");
    if (distributed) {
      config.text("ExecutionType");
    } else if (!mode.equals("INLINE")) {
      throw config.error("Mode", "no mode is named " + mode, "Modes: INLINE, DISTRIBUTED");
    }
    config.done();
    return distributed;
  }

  Each.Items parse(boolean distributed) {
    if (!distributed || !fields.has("ItemReader")) {
      return new Each.Items.OfState(
          fields.optional("Items").map(value -> templates.parse(value, fields.where("Items"))));
    }
    Fields reader = fields.object("ItemReader");
    String resource = reader.text("Resource");
    Fields config = reader.object("ReaderConfig");
    String type = config.text("InputType");
    if (!resource.equals("arn:aws:states:::s3:getObject") || !type.equals("JSON")) {
      throw reader.error(
          "Resource",
          "the interpreter does not read " + type + " by " + resource,
          "Read a JSON array by arn:aws:states:::s3:getObject");
    }
    Optional<Template> maxItems =
        config.optional("MaxItems").map(value -> templates.parse(value, config.where("MaxItems")));
    config.done();
    Fields arguments = reader.object("Arguments");
    arguments.required("Bucket");
    arguments.required("Key");
    arguments.done();
    Template template = templates.parse(reader.required("Arguments"), reader.where("Arguments"));
    reader.done();
    return new Each.Items.OfObject(template, maxItems);
  }
}
