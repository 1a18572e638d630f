package io.rengo.trainer.process;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rengo.protocol.Durations;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The section `trainers.process` of an agent's configuration. A command runs with the agent's
/// rights, so it comes from the member and never from a job.
///
/// @param command the program and its first arguments; the run's folder follows as the last
/// @param timeout after which a run is killed, as `90s`, `30m` or `6h`; `1h` by default
/// @param directory where the command runs; the agent's own working directory by default
/// @param environment variables that it gets beside the agent's own
/// @param data whether the agent's data is put into the folder too; `false` by default
record ProcessSettings(
    List<String> command,
    Duration timeout,
    Path directory,
    Map<String, String> environment,
    boolean data) {
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  ProcessSettings {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  @JsonCreator
  static ProcessSettings of(
      @JsonProperty("command") @Nullable List<String> command,
      @JsonProperty("timeout") @Nullable String timeout,
      @JsonProperty("directory") @Nullable String directory,
      @JsonProperty("environment") @Nullable Map<String, String> environment,
      @JsonProperty("data") @Nullable Boolean data) {
    if (command == null || command.isEmpty()) {
      throw new RengoException(
          ErrorCode.TASK_INVALID,
          "the agent has no command for the trainer process",
          "trainers.process.command",
          "Set it in the agent's configuration, as in [python3, train.py]");
    }
    return new ProcessSettings(
        command,
        Durations.parse(timeout == null ? "1h" : timeout),
        Path.of(directory == null ? "" : directory).toAbsolutePath(),
        environment == null ? Map.of() : environment,
        data != null && data);
  }

  static ProcessSettings from(JsonNode section) {
    try {
      JsonNode present = section.isObject() ? section : STRICT.createObjectNode();
      return STRICT.treeToValue(present, ProcessSettings.class);
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof RengoException known) {
        throw known;
      }
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          e.getOriginalMessage(),
          "trainers.process",
          "Correct the agent's configuration",
          e);
    }
  }
}
