package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The published schema says the same of job files as the program that reads them.
final class JobSchemaTest {
  private static final ObjectNode SCHEMA = JobFile.resource("job.schema.json");
  private static final Schema VALIDATOR =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(SCHEMA);

  private static List<Error> errors(JsonNode file) {
    return VALIDATOR.validate(file);
  }

  @Test
  void schema_isAValidSchema() {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    Schema meta =
        registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertThat(meta.validate(SCHEMA)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.rengo.protocol.SampleJobs#good")
  void goodFile_isAccepted(Path file) {
    JsonNode tree = JobFile.readTree(SampleJobs.text(file), file.toString());
    assertThat(errors(tree)).isEmpty();
    assertThat(errors(JobFile.write(JobFile.parse(tree, file.toString())))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.rengo.protocol.SampleJobs#bad")
  void badFile_isRefused(Path file) {
    assertThat(errors(JobFile.readTree(SampleJobs.text(file), file.toString()))).isNotEmpty();
  }

  @Test
  void defaults_areThoseOfTheProgram() {
    Map<String, JsonNode> program = new TreeMap<>();
    ObjectNode whole = JobFile.resource("job-defaults.yaml");
    collectDefaults("", whole, program);
    collectDefaults("", JobFile.resource("optional-defaults.yaml"), program);
    JobFile.resource("variant-defaults.yaml")
        .properties()
        .forEach(section ->
            section.getValue().properties().stream()
                .filter(variant -> variant.getValue().isObject())
                .forEach(variant ->
                    collectDefaults(
                        section.getKey() + "(" + variant.getKey() + ").",
                        (ObjectNode) variant.getValue(),
                        program)));
    Map<String, JsonNode> schema = new TreeMap<>();
    SchemaFields.of(SCHEMA).stream()
        .filter(field -> field.schema().has("default"))
        .forEach(field -> schema.put(field.path(), field.schema().get("default")));
    assertThat(asText(schema)).isEqualTo(asText(program));
  }

  private static Map<String, String> asText(Map<String, JsonNode> values) {
    Map<String, String> texts = new TreeMap<>();
    values.forEach((path, value) ->
        texts.put(
            path,
            value.isNumber()
                ? value.decimalValue().toPlainString().replaceFirst("\\.0$", "")
                : value.toString()));
    return texts;
  }

  /// Sections whose fields have defaults of their own have none as a whole; variants do.
  private static void collectDefaults(String path, ObjectNode tree, Map<String, JsonNode> into) {
    tree.properties()
        .forEach(field -> {
          String name = path + field.getKey();
          boolean section = field.getValue() instanceof ObjectNode;
          if (section && name.equals("model")) {
            return;
          }
          if (section
              && !name.equals("cohort")
              && !name.equals("server-optimizer")
              && !name.equals("aggregation.rule")
              && !name.equals("encoding")
              && !name.equals("algorithm")
              && !field.getValue().isEmpty()) {
            collectDefaults(name + ".", (ObjectNode) field.getValue(), into);
          } else {
            into.put(name, field.getValue());
          }
        });
  }

  @Test
  void fields_areTheComponentsOfTheRecords() {
    Set<String> components = new TreeSet<>();
    collectComponents("", JobSpec.class, components);
    Set<String> fields = new TreeSet<>();
    SchemaFields.of(SCHEMA).forEach(field -> fields.add(field.path()));
    assertThat(fields).isEqualTo(components);
  }

  private static void collectComponents(String path, Class<?> type, Set<String> into) {
    for (RecordComponent component : type.getRecordComponents()) {
      JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
      String name =
          path
              + (given == null
                  ? KebabCaseStrategy.INSTANCE.translate(component.getName())
                  : given.value());
      into.add(name);
      Class<?> part = raw(component.getGenericType());
      if (part.isRecord()) {
        boolean list = List.class.isAssignableFrom(component.getType());
        collectComponents(name + (list ? "[]." : "."), part, into);
      } else if (part.isSealed()) {
        Arrays.stream(part.getPermittedSubclasses())
            .forEach(variant -> collectVariant(name, part, variant, into));
      }
    }
  }

  private static void collectVariant(
      String name, Class<?> base, Class<?> variant, Set<String> into) {
    String tagged = VARIANTS.get(variant.getSimpleName());
    assertThat(tagged).as("name of %s", variant).isNotNull();
    String[] tag = String.valueOf(tagged).split(":");
    assertThat(base).isNotNull();
    into.add(name + "(" + tag[1] + ")." + tag[0]);
    collectComponents(name + "(" + tag[1] + ").", variant, into);
  }

  /// The name of each variant's record in the job file, with the field that holds it.
  private static final Map<String, String> VARIANTS =
      Map.ofEntries(
          Map.entry("Mlp", "kind:mlp"),
          Map.entry("Cnn", "kind:cnn"),
          Map.entry("Tensors", "kind:tensors"),
          Map.entry("All", "rule:all"),
          Map.entry("UniformSample", "rule:uniform"),
          Map.entry("PoissonSample", "rule:poisson"),
          Map.entry("Turns", "rule:turns"),
          Map.entry("WeightedSample", "rule:weighted"),
          Map.entry("StragglerAware", "rule:straggler-aware"),
          Map.entry("Mean", "name:mean"),
          Map.entry("NormClippedMean", "name:norm-clipped-mean"),
          Map.entry("CoordinateMedian", "name:median"),
          Map.entry("TrimmedMean", "name:trimmed-mean"),
          Map.entry("Krum", "name:krum"),
          Map.entry("MultiKrum", "name:multi-krum"),
          Map.entry("Bulyan", "name:bulyan"),
          Map.entry("GeometricMedian", "name:geometric-median"),
          Map.entry("CenteredClipping", "name:centered-clipping"),
          Map.entry("FlTrust", "name:fltrust"),
          Map.entry("FoolsGold", "name:foolsgold"),
          Map.entry("Flame", "name:flame"),
          Map.entry("SignMajority", "name:sign-majority"),
          Map.entry("FedAvg", "name:fedavg"),
          Map.entry("FedAvgM", "name:fedavgm"),
          Map.entry("FedAdagrad", "name:fedadagrad"),
          Map.entry("FedAdam", "name:fedadam"),
          Map.entry("FedYogi", "name:fedyogi"),
          Map.entry("Plain", "name:plain"),
          Map.entry("Scaffold", "name:scaffold"),
          Map.entry("FedNova", "name:fednova"),
          Map.entry("FedDyn", "name:feddyn"),
          Map.entry("Float32", "kind:float32"),
          Map.entry("Bfloat16", "kind:bfloat16"),
          Map.entry("Int8", "kind:int8"),
          Map.entry("TopK", "kind:top-k"),
          Map.entry("RandomK", "kind:random-k"),
          Map.entry("Sign", "kind:sign"));

  private static Class<?> raw(Type type) {
    return switch (type) {
      case ParameterizedType generic
          when generic.getRawType() == Optional.class || generic.getRawType() == List.class ->
          raw(generic.getActualTypeArguments()[0]);
      case Class<?> plain -> plain;
      default -> Object.class;
    };
  }

  @Test
  void everyField_isDescribedInASentence() {
    SchemaFields.of(SCHEMA)
        .forEach(field ->
            assertThat(field.schema().path("description").asText())
                .as(field.path())
                .endsWith(".")
                .hasSizeGreaterThan(10));
  }

  @Test
  void everySection_refusesOtherFields() {
    assertThat(SchemaFields.openSections(SCHEMA))
        .containsExactlyInAnyOrder("training.settings", "simulation.data");
  }
}
