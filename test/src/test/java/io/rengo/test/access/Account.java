package io.rengo.test.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/// An emulated account in which the federation `demo` with the members `north` and `south` is
/// deployed, from the templates that the stacks' program writes.
///
/// @param outputs of all stacks
record Account(Caller owner, Map<String, String> outputs) {
  static final String FEDERATION = "demo";
  private static final String ASSETS = "cdk-hnb659fds-assets-000000000000-us-east-1";
  private static final byte[] EMPTY_ZIP = {
    'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  static Account deploy(Caller owner, Path folder) throws Exception {
    Path templates = synthesise(folder);
    Map<String, String> outputs = new TreeMap<>();
    owner.s3().createBucket(r -> r.bucket(ASSETS));
    for (String part : List.of("storage", "identity", "compute", "workflow")) {
      String stack = "rengo-" + FEDERATION + "-" + part;
      upload(owner, templates, stack);
      create(owner, templates, stack).outputs().stream()
          .forEach(output -> outputs.put(output.outputKey(), output.outputValue()));
    }
    return new Account(owner, outputs);
  }

  /// As `cdk synth` does it: the program itself, told by environment variables.
  private static Path synthesise(Path folder) throws Exception {
    Path jar = Files.write(folder.resolve("functions.jar"), EMPTY_ZIP);
    Path authority = Files.writeString(folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n");
    ObjectNode context = Json.MAPPER.createObjectNode();
    context.put("federation", FEDERATION).put("members", "north,south");
    context.put("root", Checkout.root().toString()).put("lambda-jar", jar.toString());
    context.put("snap-start", "false").put("authority", authority.toString());
    Path out = folder.resolve("cdk.out");
    Path log = folder.resolve("synth.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.rengo.cdk.Main");
    builder
        .environment()
        .putAll(Map.of("CDK_OUTDIR", out.toString(), "CDK_CONTEXT_JSON", context.toString()));
    int exit = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("the stacks are not made:\n" + Files.readString(log));
    }
    return out;
  }

  private static void upload(Caller owner, Path templates, String stack) throws IOException {
    JsonNode files = json(templates.resolve(stack + ".assets.json")).path("files");
    for (JsonNode file : files) {
      String source = file.at("/source/path").asText();
      if (!source.endsWith(".template.json")) {
        for (JsonNode destination : file.path("destinations")) {
          put(owner, destination.path("objectKey").asText(), templates.resolve(source));
        }
      }
    }
    Files.writeString(templates.resolve(stack + ".known.json"), known(templates, stack).toString());
    put(owner, stack, templates.resolve(stack + ".known.json"));
  }

  private static void put(Caller owner, String key, Path file) {
    owner.s3().putObject(r -> r.bucket(ASSETS).key(key), RequestBody.fromFile(file));
  }

  /// The template without what the emulator does not know: IAM Roles Anywhere, and the version of
  /// the account's bootstrap.
  private static JsonNode known(Path templates, String stack) throws IOException {
    ObjectNode template = (ObjectNode) json(templates.resolve(stack + ".template.json"));
    template.remove(List.of("Parameters", "Rules"));
    ObjectNode resources = (ObjectNode) template.get("Resources");
    List<String> unknown =
        resources.properties().stream()
            .filter(e -> e.getValue().path("Type").asText().startsWith("AWS::RolesAnywhere::"))
            .map(Map.Entry::getKey)
            .toList();
    resources.remove(unknown);
    return named(template, unknown);
  }

  private static JsonNode named(JsonNode node, List<String> gone) {
    if (node instanceof ObjectNode object) {
      if (gone.contains(object.at("/Fn::GetAtt/0").asText())) {
        return Json.MAPPER.getNodeFactory().textNode("arn:aws:rolesanywhere:::trust-anchor/none");
      }
      Map<String, JsonNode> fields = new HashMap<>();
      object.properties().forEach(e -> fields.put(e.getKey(), named(e.getValue(), gone)));
      object.setAll(fields);
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, named(array.get(i), gone));
      }
    }
    return node;
  }

  private static Stack create(Caller owner, Path templates, String stack) throws Exception {
    owner
        .cloudFormation()
        .createStack(r ->
            r.stackName(stack)
                .templateURL(owner.endpoint() + "/" + ASSETS + "/" + stack)
                .capabilities(Capability.CAPABILITY_NAMED_IAM));
    owner.cloudFormation().waiter().waitUntilStackCreateComplete(r -> r.stackName(stack));
    return owner.cloudFormation().describeStacks(r -> r.stackName(stack)).stacks().getFirst();
  }

  private static JsonNode json(Path file) throws IOException {
    return Json.MAPPER.readTree(file.toFile());
  }

  String output(String name) {
    String value = outputs.get(name);
    if (value == null) {
      throw new IllegalStateException("no stack has the output " + name + ": " + outputs.keySet());
    }
    return value;
  }
}
