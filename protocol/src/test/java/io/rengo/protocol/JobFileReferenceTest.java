package io.rengo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/reference/job-file.md` says of every field what the schema says, and its examples are job
/// files. Its tables are written by this test: `-Drengo.write-docs=true` puts them into the page.
final class JobFileReferenceTest {
  private static final Path PAGE = SampleJobs.repository("docs/reference/job-file.md");
  private static final Pattern TABLE =
      Pattern.compile("(<!-- fields of (\\S+) -->\n).*?(\n<!-- end -->)", Pattern.DOTALL);
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final JsonNode SCHEMA = JobFile.resource("job.schema.json");

  @Test
  void tables_areTheSchemas() throws IOException {
    String page = Files.readString(PAGE);
    String written =
        TABLE
            .matcher(page)
            .replaceAll(match ->
                Matcher.quoteReplacement(match.group(1) + table(match.group(2)) + match.group(3)));
    if (Boolean.getBoolean("rengo.write-docs")) {
      Files.writeString(PAGE, written);
    } else {
      assertThat(page).isEqualTo(written);
    }
  }

  @Test
  void everyField_isInOneTable() throws IOException {
    List<String> sections =
        TABLE.matcher(Files.readString(PAGE)).results().map(match -> match.group(2)).toList();
    List<String> listed =
        sections.stream()
            .flatMap(section -> fields(section).stream())
            .map(SchemaFields::path)
            .toList();
    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            SchemaFields.of(SCHEMA).stream().map(SchemaFields::path).toList());
  }

  @Test
  void examples_areJobFiles() throws IOException {
    List<String> examples =
        EXAMPLE
            .matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult m) -> m.group(1))
            .toList();
    assertThat(examples).isNotEmpty();
    examples.forEach(example -> assertThat(JobFile.parse(example, "job-file.md")).isNotNull());
  }

  /// The fields of the whole file that are no section's, or a section with its fields.
  private static List<SchemaFields> fields(String section) {
    List<String> sections =
        List.of(
            "model",
            "training",
            "rounds",
            "cohort",
            "aggregation",
            "server-optimizer",
            "encoding",
            "downlink",
            "buffer",
            "regions",
            "algorithm",
            "stop",
            "privacy",
            "audit",
            "simulation");
    return SchemaFields.of(SCHEMA).stream()
        .filter(field -> {
          String top = field.path().split("[.(\\[]", 2)[0];
          return section.equals("file") ? !sections.contains(top) : top.equals(section);
        })
        .toList();
  }

  private static String table(String section) {
    List<String> lines =
        new ArrayList<>(
            List.of("| field | meaning | value | default |", "| --- | --- | --- | --- |"));
    fields(section)
        .forEach(field ->
            lines.add(
                "| `%s` | %s | %s | %s |"
                    .formatted(
                        field.path(),
                        field.schema().path("description").asText(),
                        value(field.schema()),
                        byDefault(field.schema()))));
    return String.join("\n", lines);
  }

  private static String byDefault(JsonNode schema) {
    JsonNode value = schema.path("default");
    if (value.isMissingNode()) {
      return "";
    }
    return value.isNull()
        ? "none"
        : "`" + (value.isTextual() && !value.asText().isEmpty() ? value.asText() : value) + "`";
  }

  private static String value(JsonNode schema) {
    if (schema.has("const")) {
      return "`" + schema.get("const").asText() + "`";
    }
    if (schema.has("enum")) {
      List<String> names = new ArrayList<>();
      schema.get("enum").forEach(name -> names.add("`" + name.asText() + "`"));
      return String.join(", ", names);
    }
    if (schema.has("pattern") && schema.get("pattern").asText().contains("ms|s|m|h|d")) {
      return "duration";
    }
    if (schema.path("type").asText().equals("array")) {
      String least = schema.has("minItems") ? ", " + schema.get("minItems") + " or more" : "";
      return "list of "
          + PLURAL.get(schema.path("items").path("type").asText())
          + least
          + (bounds(schema.path("items")).isEmpty() ? "" : ", each" + bounds(schema.path("items")));
    }
    JsonNode type = schema.path("type");
    String name = type.isArray() ? type.get(0).asText() : type.asText();
    return NAMES.get(name) + bounds(schema);
  }

  private static final Map<String, String> NAMES =
      Map.of(
          "integer", "whole number",
          "number", "number",
          "string", "text",
          "boolean", "`true`, `false`",
          "object", "section");

  private static final Map<String, String> PLURAL =
      Map.of("integer", "whole numbers", "object", "sections");

  private static String bounds(JsonNode schema) {
    return List.of(
            bound(schema, "exclusiveMinimum", " above "),
            bound(schema, "minimum", " from "),
            bound(schema, "maximum", " to "),
            bound(schema, "exclusiveMaximum", " to below "))
        .stream()
        .collect(Collectors.joining());
  }

  /// What any number of the type fits in is no bound worth a word.
  private static String bound(JsonNode schema, String name, String word) {
    JsonNode value = schema.path(name);
    boolean silent =
        value.isMissingNode()
            || value.asText().equals(String.valueOf(Integer.MAX_VALUE))
            || value.asText().equals(String.valueOf(Long.MAX_VALUE))
            || value.asText().equals(String.valueOf(Long.MIN_VALUE));
    return silent ? "" : word + value.decimalValue().stripTrailingZeros().toPlainString();
  }
}
