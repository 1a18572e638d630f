package io.rengo.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.rengo.agent.data.DataSettings;
import io.rengo.agent.privacy.MemberBudget;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// An agent's configuration file: YAML with kebab-case fields.
///
/// @param federation the federation's name
/// @param member this member's name
/// @param data where the member's data is and how it is read; needed by the trainers in this JVM
/// @param trainers settings of the member's own for a trainer, by its name
/// @param folder the configuration's folder: relative paths begin there
/// @param work folder for what the agent keeps while it works
/// @param health file that is rewritten while the agent lives
/// @param leaseSeconds how long a task stays invisible to others after this agent has died
/// @param privacy the most that this member's data may give away over all jobs, whatever they ask
/// @param graceSeconds how long a task may go on after the agent was asked to stop
/// @param trust the member's certificate and whom it trusts; needed in a federation that signs
/// @param policy file with what the member accepts
public record AgentConfig(
    String federation,
    String member,
    Optional<DataSettings> data,
    Map<String, JsonNode> trainers,
    Path folder,
    Path work,
    Optional<Path> health,
    int leaseSeconds,
    int graceSeconds,
    Optional<MemberBudget.Written> privacy,
    Optional<TrustConfig> trust,
    Optional<Path> policy) {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .addModule(new Jdk8Module())
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /// The file as it may be written: everything but the names may be left out.
  private record Written(
      Optional<String> federation,
      Optional<String> member,
      Optional<JsonNode> data,
      Optional<Map<String, JsonNode>> trainers,
      Optional<String> work,
      Optional<String> health,
      Optional<Integer> leaseSeconds,
      Optional<Integer> graceSeconds,
      Optional<MemberBudget.Written> privacy,
      Optional<TrustConfig.Written> trust,
      Optional<String> policy) {}

  /// Reads a configuration file. Relative paths in it are relative to its folder.
  public static AgentConfig read(Path file) {
    Path base = file.toAbsolutePath().resolveSibling("");
    try {
      Written written = YAML.readValue(Files.readString(file), Written.class);
      return new AgentConfig(
          required(written.federation(), "federation", file),
          required(written.member(), "member", file),
          written.data().map(data -> DataSettings.from(data, file + ", field data")),
          written.trainers().orElse(Map.of()),
          base,
          resolve(base, written.work().orElse("work")),
          written.health().map(health -> resolve(base, health)),
          written.leaseSeconds().orElse(120),
          written.graceSeconds().orElse(25),
          written.privacy(),
          written.trust().map(trust -> TrustConfig.of(trust, base)),
          written.policy().map(policy -> resolve(base, policy)));
    } catch (JsonProcessingException e) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          e.getOriginalMessage().lines().findFirst().orElse("not YAML"),
          file + (e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr()),
          "See the agent's configuration in the reference; `rengo init` writes a whole one",
          e);
    } catch (IOException e) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "the agent's configuration cannot be read: " + e.getMessage(),
          file.toString(),
          "Name an existing file with --config",
          e);
    }
  }

  private static Path resolve(Path base, String path) {
    return base.resolve(path).normalize();
  }

  private static String required(Optional<String> value, String field, Path file) {
    return value.orElseThrow(() ->
        new RengoException(
            ErrorCode.CONFIG_INVALID,
            "the field «" + field + "» is missing",
            file.toString(),
            "Add the line `" + field + ": NAME`"));
  }
}
