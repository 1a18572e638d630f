package io.rengo.agent.trust;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/// What a member accepts, from its own file: what the federation asks beyond it is refused.
///
/// @param trainers the trainers that may run; any where empty
/// @param configurations hashes of model and training ([Configuration#hash]); any where empty
/// @param minimumCohort the fewest members of a round, so that an update hides among others
/// @param hours when work may begin, as `20:00-06:00` in the host's time zone; always where empty
/// @param approval whether a data owner approves each job first
public record Policy(
    Optional<List<String>> trainers,
    Optional<List<String>> configurations,
    Optional<Integer> minimumCohort,
    Optional<String> hours,
    Optional<Approval> approval) {
  /// Whether a data owner approves each job.
  public enum Approval {
    @JsonProperty("required")
    REQUIRED,
    @JsonProperty("none")
    NONE
  }

  /// Accepts everything.
  public static final Policy OPEN =
      new Policy(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .addModule(new Jdk8Module())
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /// Reads a policy file.
  public static Policy read(Path file) {
    try {
      Policy policy = YAML.readValue(Files.readString(file), Policy.class);
      policy.hours().ifPresent(Policy::parse);
      return policy;
    } catch (JsonProcessingException | DateTimeParseException e) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          String.valueOf(e.getMessage()).lines().findFirst().orElse("not a policy"),
          file.toString(),
          "Use the fields trainers, configurations, minimum-cohort, hours and approval",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Refuses a task that asks for more.
  ///
  /// @param now the time of day at this host
  public void check(Task task, LocalTime now) {
    String trainer = task.training().trainer();
    unless(
        trainers.map(allowed -> allowed.contains(trainer)).orElse(true),
        "trainer " + trainer,
        "trainers");
    String hash = Configuration.hash(task);
    unless(
        configurations.map(allowed -> allowed.contains(hash)).orElse(true),
        "the configuration " + hash,
        "configurations");
    unless(
        task.cohort() >= minimumCohort.orElse(0), "a cohort of " + task.cohort(), "minimum-cohort");
    unless(
        hours.map(Policy::parse).map(span -> span.holds(now)).orElse(true),
        "work at " + now,
        "hours");
  }

  private record Span(LocalTime from, LocalTime to) {
    boolean holds(LocalTime now) {
      return from.isBefore(to)
          ? !now.isBefore(from) && now.isBefore(to)
          : !now.isBefore(from) || now.isBefore(to);
    }
  }

  private static Span parse(String hours) {
    String[] ends = hours.split("-", 2);
    return new Span(LocalTime.parse(ends[0]), LocalTime.parse(ends.length == 2 ? ends[1] : ""));
  }

  private static void unless(boolean holds, String what, String field) {
    if (!holds) {
      throw new RengoException(
          ErrorCode.POLICY_REFUSED,
          "this member's policy does not allow " + what,
          "policy, field " + field,
          "Change the policy if the data owner agrees, or leave the job");
    }
  }
}
