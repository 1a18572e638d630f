package io.rengo.protocol;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.stream.Collectors;

/// The job file: YAML (or JSON) with kebab-case fields. What a file leaves out comes from
/// `job-defaults.yaml`; every error names the field and how to mend it.
public final class JobFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModules(new Jdk8Module(), Durations.module(), CoreTypes.module())
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
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
          "not YAML: " + firstLine(e.getOriginalMessage()),
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
    JsonNode whole = Defaults.fill(fields);
    try {
      return MAPPER.treeToValue(whole, JobSpec.class);
    } catch (JsonProcessingException e) {
      throw invalid(e, source);
    }
  }

  /// The job file as a tree with kebab-case fields, every default filled in.
  public static JsonNode write(JobSpec spec) {
    return MAPPER.valueToTree(spec);
  }

  private static RengoException invalid(JsonProcessingException e, String source) {
    String field = e instanceof JsonMappingException mapping ? path(mapping) : "";
    String where = field.isEmpty() ? source : source + ", field " + field;
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof RengoException known) {
        return new RengoException(
            ErrorCode.JOB_INVALID,
            known.what(),
            source + ", field " + known.where(),
            known.mend(),
            e);
      }
    }
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          new RengoException(
              ErrorCode.JOB_INVALID,
              "there is no field «" + unknown.getPropertyName() + "» here",
              where,
              mendUnknown(unknown.getPropertyName(), unknown.getKnownPropertyIds()),
              e);
      case InvalidTypeIdException variant ->
          new RengoException(
              ErrorCode.JOB_INVALID,
              variant.getTypeId() == null
                  ? "the section does not say which kind it is"
                  : "there is no kind «" + variant.getTypeId() + "»",
              where,
              "Use one of those that the job file's schema lists",
              e);
      default ->
          new RengoException(
              ErrorCode.JOB_INVALID,
              e.getCause() instanceof IllegalArgumentException rule
                  ? String.valueOf(rule.getMessage())
                  : firstLine(e.getOriginalMessage()),
              where,
              "See the job file's reference for this field",
              e);
    };
  }

  private static String mendUnknown(String name, Collection<Object> known) {
    String nearest =
        known.stream()
            .map(String::valueOf)
            .filter(candidate -> Spelling.distance(name, candidate) <= 2)
            .findFirst()
            .map(candidate -> "Did you mean «" + candidate + "»? ")
            .orElse("");
    return nearest
        + "The fields here are: "
        + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private static String position(JacksonException e) {
    return e.getLocation() == null
        ? ""
        : ", line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
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
