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
import java.net.URI;
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
/// @param region the federation that this member is, where it is a region
/// @param presigned address of the function for members that have no credentials for AWS, where
///   this is one
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
    Optional<Path> policy,
    Optional<RegionConfig> region,
    Optional<URI> presigned) {
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
      Optional<String> policy,
      Optional<RegionConfig.Written> region,
      Optional<String> presigned) {}

  /// What a file's name begins with where it is the name of an environment variable that holds the
  /// configuration's text.
  static final String VARIABLE = "env:";

  /// Reads a configuration from where the command line says.
  static AgentConfig read(String place, Map<String, String> environment) {
    if (!place.startsWith(VARIABLE)) {
      return read(Path.of(place));
    }
    String name = place.substring(VARIABLE.length());
    String text =
        Optional.ofNullable(environment.get(name))
            .orElseThrow(() ->
                new RengoException(
                    ErrorCode.CONFIG_INVALID,
                    "the environment variable " + name + " is not set",
                    place,
                    "Let it hold the text of the agent's configuration"));
    return parse(text, Path.of(""), place);
  }

  /// Reads a configuration file. Relative paths in it are relative to its folder.
  public static AgentConfig read(Path file) {
    try {
      return parse(Files.readString(file), file.toAbsolutePath().resolveSibling(""), "" + file);
    } catch (IOException e) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "the agent's configuration cannot be read: " + e.getMessage(),
          file.toString(),
          "Name an existing file with --config",
          e);
    }
  }

  private static AgentConfig parse(String text, Path base, String file) {
    try {
      Written written = YAML.readValue(text, Written.class);
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
          written.policy().map(policy -> resolve(base, policy)),
          written.region().map(RegionConfig::of),
          written.presigned().map(address -> presigned(address, written, file)));
    } catch (JsonProcessingException e) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          e.getOriginalMessage().lines().findFirst().orElse("not YAML"),
          file + (e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr()),
          "See the agent's configuration in the reference; `rengo init` writes a whole one",
          e);
    }
  }

  /// HTTPS, or a server on this host; and the identity that requests are signed with.
  private static URI presigned(String text, Written written, String file) {
    Optional<URI> address = Optional.empty();
    try {
      address = Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      // Not an address at all.
    }
    boolean safe =
        address
            .filter(uri -> uri.getHost() != null)
            .filter(uri ->
                "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && "127.0.0.1".equals(uri.getHost())))
            .isPresent();
    if (!safe || written.trust().isEmpty() || written.region().isPresent()) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "`presigned` wants an address with https, the section `trust`, and no region",
          file,
          "Give the address that the deployment's outputs name, and the member's identity");
    }
    return address.orElseThrow();
  }

  private static Path resolve(Path base, String path) {
    return base.resolve(path).normalize();
  }

  private static String required(Optional<String> value, String field, String file) {
    return value.orElseThrow(() ->
        new RengoException(
            ErrorCode.CONFIG_INVALID,
            "the field «" + field + "» is missing",
            file,
            "Add the line `" + field + ": NAME`"));
  }
}
