package io.rengo.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.App;
import software.amazon.awscdk.assertions.Template;

/// A federation's stacks and the templates that come of them, as JSON.
record Synthesis(App app, Stacks stacks, Map<String, JsonNode> templates) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// One resource of a template.
  record Resource(String stack, String id, String type, JsonNode body) {
    JsonNode properties() {
      return body.path("Properties");
    }

    @Override
    public String toString() {
      return stack + "/" + id + " " + body.toPrettyString();
    }
  }

  /// Every stack of a federation with three members, its data kept, its fleet of GPU hosts there.
  static final Synthesis WHOLE = of(withFleet());

  static Synthesis of(Map<String, Object> context) {
    try {
      App app = app(context, Files.createTempDirectory("cdk"));
      Stacks stacks = Stacks.of(app);
      app.synth();
      Map<String, JsonNode> templates = new TreeMap<>();
      for (Part stack : stacks.all()) {
        Path file = Path.of(app.getOutdir(), stack.getTemplateFile());
        templates.put(stack.getStackName(), JSON.readTree(file.toFile()));
      }
      return new Synthesis(app, stacks, templates);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static App app(Map<String, Object> context, Path directory) {
    Map<String, Object> whole = new TreeMap<>();
    whole.put("root", System.getProperty("rengo.root", ".."));
    whole.put("lambda-jar", standInJar().toString());
    whole.putAll(context);
    return new App(Stacks.app().outdir(directory.toString()).postCliContext(whole).build());
  }

  static Map<String, Object> withFleet() {
    return Map.of(
        "gpu-fleet",
        "true",
        "gpu-image",
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com/rengo/gpu-trainer@sha256:"
            + "ab".repeat(32),
        "gpu-data",
        "s3://north-data/digits",
        "gpu-config",
        file("agent", ".yaml", "federation: demo\n").toString());
  }

  /// A stack's template for the CDK's own assertions.
  Template template(String stack) {
    return Template.fromString(json(stack).toString());
  }

  JsonNode json(String stack) {
    return Objects.requireNonNull(templates.get(stack), stack);
  }

  /// The statements of a resource that is or has a policy.
  static Stream<JsonNode> statements(Resource resource) {
    return stream(resource.properties().at("/PolicyDocument/Statement"));
  }

  List<Resource> resources() {
    return templates.entrySet().stream()
        .flatMap(template ->
            template.getValue().path("Resources").properties().stream()
                .map(resource ->
                    new Resource(
                        template.getKey(),
                        resource.getKey(),
                        resource.getValue().path("Type").asText(),
                        resource.getValue())))
        .toList();
  }

  List<Resource> resources(String type) {
    return resources().stream().filter(resource -> resource.type().equals(type)).toList();
  }

  /// The one resource of a type whose named property has this value.
  Resource resource(String type, String property, String value) {
    return resources(type).stream()
        .filter(resource -> resource.properties().path(property).asText().equals(value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type + " with " + property + " " + value));
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /// A value that may be one or many, as actions and resources of policies are.
  static List<JsonNode> many(JsonNode value) {
    return value.isArray() ? stream(value).toList() : List.of(value);
  }

  /// The synthesis takes the jar as it is and looks at its bytes alone.
  static Path standInJar() {
    return file("functions", ".jar", "in place of the functions' code");
  }

  static Path file(String prefix, String suffix, String content) {
    try {
      Path file = Files.createTempFile(prefix, suffix);
      file.toFile().deleteOnExit();
      return Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
