package io.rengo.agent.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The section `data` of an agent's configuration: where a member's data lies and how it is made
/// ready. Field names in the file are in kebab-case; an unknown field is an error.
///
/// @param format `csv` (plain or gzip) or `idx` (plain or gzip)
/// @param path the file: the table, or the images; relative to the configuration file
/// @param labels `idx`: the file of the labels
/// @param label `csv`: the column of the target: `last` (the default), a number from 0, or a name
///   of the header
/// @param header `csv`: whether the first line names the columns; true by default
/// @param task `classification` (the default) or `regression`
/// @param classes `csv`: the names of the classes in the order of their numbers, where the label
///   column holds names; empty (the default) where it holds numbers
/// @param normalise how features are scaled; not at all by default
/// @param holdOut the fraction of the rows that is only evaluated on, in [0, 1); 0.2 by default
/// @param seed of the shuffle and the split; 1 by default
/// @param augment random changes of the training images; none by default
@JsonIgnoreProperties(ignoreUnknown = false)
public record DataSettings(
    Format format,
    String path,
    Optional<String> labels,
    String label,
    boolean header,
    Task task,
    List<String> classes,
    Normalise normalise,
    double holdOut,
    long seed,
    Optional<Augment> augment) {

  /// How the files are written.
  public enum Format {
    @JsonProperty("csv")
    CSV,
    @JsonProperty("idx")
    IDX
  }

  /// What the target is: a class or a value.
  public enum Task {
    @JsonProperty("classification")
    CLASSIFICATION,
    @JsonProperty("regression")
    REGRESSION
  }

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .withCoercionConfig(
              LogicalType.Textual,
              // YAML reads yes and no as booleans: a class of that name needs quotes.
              text -> text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  public DataSettings {
    classes = List.copyOf(classes);
    if (!(holdOut >= 0 && holdOut < 1)) {
      throw invalid("hold-out is " + holdOut, "hold-out", "Give a fraction from 0 to below 1");
    }
    if (format == Format.IDX && labels.isEmpty()) {
      throw invalid("the images have no labels", "labels", "Give the IDX file of the labels");
    }
    if (format == Format.CSV && labels.isPresent()) {
      throw invalid(
          "labels is a file, which a table does not have", "labels", "Name the column by label");
    }
  }

  @JsonCreator
  static DataSettings of(
      @JsonProperty("format") @Nullable Format format,
      @JsonProperty("path") @Nullable String path,
      @JsonProperty("labels") @Nullable String labels,
      @JsonProperty("label") @Nullable String label,
      @JsonProperty("header") @Nullable Boolean header,
      @JsonProperty("task") @Nullable Task task,
      @JsonProperty("classes") @Nullable List<String> classes,
      @JsonProperty("normalise") @Nullable Normalise normalise,
      @JsonProperty("hold-out") @Nullable Double holdOut,
      @JsonProperty("seed") @Nullable Long seed,
      @JsonProperty("augment") @Nullable Augment augment) {
    if (format == null) {
      throw invalid("no format is given", "format", "Give csv or idx");
    }
    if (path == null || path.isBlank()) {
      throw invalid("no path is given", "path", "Give the file that holds the examples");
    }
    return new DataSettings(
        format,
        path,
        Optional.ofNullable(labels),
        label == null ? "last" : label,
        header == null || header,
        task == null ? Task.CLASSIFICATION : task,
        classes == null ? List.of() : classes,
        normalise == null ? new Normalise.None() : normalise,
        holdOut == null ? 0.2 : holdOut,
        seed == null ? 1 : seed,
        Optional.ofNullable(augment));
  }

  /// Reads the section; throws [RengoException] with `CONFIG_INVALID`.
  ///
  /// @param section the value of `data`
  /// @param where the file, for the error
  public static DataSettings from(JsonNode section, String where) {
    try {
      return STRICT.treeToValue(section, DataSettings.class);
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof RengoException known) {
        throw known;
      }
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          e.getOriginalMessage(),
          where + " data",
          "Correct the section; the reference lists its fields",
          e);
    }
  }

  static RengoException invalid(String what, String field, String mend) {
    return new RengoException(ErrorCode.CONFIG_INVALID, what, "data." + field, mend);
  }
}
