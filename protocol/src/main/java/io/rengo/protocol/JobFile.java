package io.rengo.protocol;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The job file: YAML (or JSON) with kebab-case fields. What a file leaves out comes from
/// `job-defaults.yaml` and its neighbours; every error names the field and how to mend it. The
/// format is published as a JSON Schema, `job.schema.json` beside this class.
public final class JobFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModules(new Jdk8Module(), Durations.module(), CoreTypes.module())
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  private JobFile() {}

  /// Reads a job file.
  ///
  /// @param source the file's name, for errors
  public static JobSpec parse(String text, String source) {
    return parse(readTree(text, source), source);
  }

  /// The text as a tree, nothing filled in.
  public static JsonNode readTree(String text, String source) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "not YAML: " + JobProblem.firstLine(e.getOriginalMessage()),
          source + position(e),
          "Mend the text there; indentation is by spaces, and every field appears once",
          e);
    }
  }

  /// Reads a job file that is a tree already.
  public static JobSpec parse(JsonNode file, String source) {
    if (!(file instanceof ObjectNode fields)) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "the file is not a list of fields",
          source,
          "Begin with the sections model, training and rounds; `rengo init` writes a whole file");
    }
    ObjectNode whole = Defaults.fill(fields);
    try {
      return MAPPER.treeToValue(whole, JobSpec.class);
    } catch (JsonProcessingException e) {
      throw new JobProblem(MAPPER, whole, source).of(e);
    }
  }

  /// The job file as a tree with kebab-case fields, every default filled in.
  public static JsonNode write(JobSpec spec) {
    return MAPPER.valueToTree(spec);
  }

  private static String position(JacksonException e) {
    return e.getLocation() == null
        ? ""
        : ", line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }

  /// Reads a tree that lies beside this class.
  static ObjectNode resource(String name) {
    try (InputStream in = JobFile.class.getResourceAsStream(name)) {
      return (ObjectNode) YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the resource " + name + " is not readable", e);
    }
  }
}
