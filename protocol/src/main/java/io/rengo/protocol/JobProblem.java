package io.rengo.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedClassResolver;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Says of a job file that could not be read what is wrong with it, in its own words: which field,
/// what stands there, and what must.
///
/// @param file with the defaults filled in
record JobProblem(JsonMapper mapper, JsonNode file, String source) {
  RengoException of(JsonProcessingException e) {
    String field = e instanceof JsonMappingException mapping ? path(mapping) : "";
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof RengoException known) {
        String where = inList(known.where(), field);
        return new RengoException(known.code(), known.what(), where(where), known.mend(), e);
      }
    }
    return switch (e) {
      case UnrecognizedPropertyException unknown -> unknownField(unknown, field);
      case InvalidTypeIdException variant -> unknownVariant(variant, field);
      case ValueInstantiationException rule -> brokenRule(rule, field);
      case MismatchedInputException mismatch -> mismatch(mismatch, field);
      case JsonMappingException mapping
          when mapping.getCause() instanceof InputCoercionException number ->
          problem(
              e,
              text(at(mapping)) + " is too large",
              field,
              "Give "
                  + kind(number.getTargetType())
                  + " of at most "
                  + (number.getTargetType() == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE));
      default ->
          problem(
              e,
              firstLine(e.getOriginalMessage()),
              field,
              "See the job file's reference for this field");
    };
  }

  private RengoException unknownField(UnrecognizedPropertyException e, String field) {
    List<String> known =
        e.getKnownPropertyIds().stream().map(String::valueOf).sorted().distinct().toList();
    return problem(
        e,
        "there is no field «" + e.getPropertyName() + "» here",
        field,
        didYouMean(e.getPropertyName(), known)
            + (known.isEmpty()
                ? "Remove it: this variant has no fields"
                : "The fields here are: " + String.join(", ", known)));
  }

  private RengoException unknownVariant(InvalidTypeIdException e, String field) {
    AnnotatedClass base =
        AnnotatedClassResolver.resolve(
            mapper.getDeserializationConfig(), e.getBaseType(), mapper.getDeserializationConfig());
    String tag =
        mapper
            .getDeserializationConfig()
            .getAnnotationIntrospector()
            .findPolymorphicTypeInfo(mapper.getDeserializationConfig(), base)
            .getPropertyName();
    List<String> known =
        mapper
            .getSubtypeResolver()
            .collectAndResolveSubtypesByTypeId(mapper.getDeserializationConfig(), base)
            .stream()
            .filter(NamedType::hasName)
            .map(NamedType::getName)
            .toList();
    String names = String.join(", ", known);
    if (!at(e).isObject()) {
      return problem(
          e,
          text(at(e)) + " is not a section of fields",
          field,
          "Write a line «" + tag + ": …» below it with one of: " + names);
    }
    String given = at(e).path(tag).asText();
    return at(e).path(tag).isMissingNode()
        ? problem(
            e,
            "the section does not say its " + tag,
            field,
            "Write a line «" + tag + ": …» below it with one of: " + names)
        : problem(
            e,
            "there is no " + tag + " «" + given + "»",
            field + "." + tag,
            didYouMean(given, known) + "Use one of: " + names);
  }

  /// A record refused its components: where the message begins with the name of one, the field is
  /// that one.
  private RengoException brokenRule(ValueInstantiationException e, String field) {
    String message =
        Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse(e.getOriginalMessage());
    String first = message.split(" ", 2)[0];
    return Stream.ofNullable(e.getType().getRawClass().getRecordComponents())
        .flatMap(Arrays::stream)
        .filter(component -> component.getName().equals(first))
        .findFirst()
        .map(component -> {
          String name = KebabCaseStrategy.INSTANCE.translate(first);
          return problem(
              e,
              name + message.substring(first.length()),
              field + "." + name,
              "Give a number within the bound");
        })
        .orElseGet(() ->
            problem(e, firstLine(message), field, "See the job file's reference for this section"));
  }

  private RengoException mismatch(MismatchedInputException e, String field) {
    JsonNode given = at(e);
    if (given.isMissingNode()) {
      return problem(
          e, "the field is missing", field, "Write a line «" + last(field) + ": …» there");
    }
    if (given.isNull()) {
      return problem(
          e, "the field has no value", field, "Write a value, or leave the field out altogether");
    }
    Class<?> type = e.getTargetType() == null ? Object.class : e.getTargetType();
    return type.isEnum()
        ? problem(
            e,
            "there is no " + last(field) + " " + text(given),
            field,
            didYouMean(given.asText(), names(type))
                + "Use one of: "
                + String.join(", ", names(type)))
        : problem(e, text(given) + " is not " + kind(type), field, "Give " + kind(type));
  }

  private List<String> names(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> mapper.convertValue(constant, String.class))
        .toList();
  }

  private static String kind(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "int", "Integer", "long", "Long" -> "a whole number";
      case "double", "Double" -> "a number";
      case "boolean", "Boolean" -> "true or false";
      case "Duration" -> "a duration such as 90s, 15m, 6h or 2d";
      case "String" -> "a text; put quotes around what looks like a number";
      default -> List.class.isAssignableFrom(type) ? "a list, as [64, 10]" : "a section of fields";
    };
  }

  private RengoException problem(Exception e, String what, String field, String mend) {
    return new RengoException(ErrorCode.JOB_INVALID, what, where(field), mend, e);
  }

  private String where(String field) {
    return field.isEmpty() ? source : source + ", field " + field;
  }

  private static String didYouMean(String name, List<String> known) {
    return Spelling.nearest(name, known).map(meant -> "Did you mean «" + meant + "»? ").orElse("");
  }

  /// A rule's field `a.b[].c`, with the index that the path of the error has.
  private static String inList(String field, String path) {
    int list = field.indexOf("[]");
    return list < 0 || path.length() < list ? field : path + field.substring(list + "[]".length());
  }

  private JsonNode at(JsonMappingException e) {
    JsonNode node = file;
    for (JsonMappingException.Reference part : e.getPath()) {
      node =
          part.getFieldName() == null ? node.path(part.getIndex()) : node.path(part.getFieldName());
    }
    return node == null ? MissingNode.getInstance() : node;
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference part : e.getPath()) {
      if (part.getFieldName() == null) {
        path.append('[').append(part.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(part.getFieldName());
      }
    }
    return path.toString();
  }

  private static String last(String field) {
    return field.substring(field.lastIndexOf('.') + 1);
  }

  private static String text(JsonNode value) {
    String text = value.isContainerNode() ? value.toString() : value.asText();
    return "«" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "»";
  }

  static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }
}
