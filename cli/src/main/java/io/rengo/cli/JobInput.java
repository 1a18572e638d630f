package io.rengo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A job file that was read and found right.
///
/// @param base the folder that its paths are relative to
/// @param file what is written in it, with the command line's changes
record JobInput(Path base, JsonNode file, JobSpec spec) {
  /// Reads a job file.
  ///
  /// @param changes values, as YAML, by the dotted path of the field that they replace
  static JobInput read(Path path, Map<String, String> changes) {
    JsonNode tree = JobFile.readTree(text(path), path.toString());
    changes.forEach((field, value) -> change(tree, field, value));
    return of(path.toAbsolutePath().resolveSibling(""), tree, path.toString());
  }

  /// What is in the tree of a job file.
  ///
  /// @param source the file's name, for errors
  static JobInput of(Path base, JsonNode tree, String source) {
    return new JobInput(base, tree, JobFile.parse(tree, source));
  }

  /// What the execution of this job gets.
  JsonNode execution() {
    return Json.MAPPER.createObjectNode().set("file", file);
  }

  private static void change(JsonNode tree, String field, String value) {
    JsonNode section = tree;
    String[] names = field.split("\\.");
    for (int i = 0; i < names.length - 1 && section instanceof ObjectNode fields; i++) {
      section = fields.has(names[i]) ? fields.get(names[i]) : fields.putObject(names[i]);
    }
    if (!(section instanceof ObjectNode fields)) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "«" + field + "» does not name a field of the job file",
          "--set " + field,
          "Give the path of a field, as in --set training.epochs=2");
    }
    fields.set(names[names.length - 1], JobFile.readTree(value, "--set " + field));
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          Files.exists(path) ? "the job file cannot be read" : "there is no such file",
          path.toString(),
          "Name a job file; `rengo init DIR` writes one",
          e);
    }
  }
}
