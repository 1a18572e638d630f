package io.rengo.agent.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.protocol.Approval;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import io.rengo.protocol.Trust;
import io.rengo.protocol.UpdateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final JobSpec SPEC = JobFile.parse("model: {kind: mlp, layers: [4, 2]}", "test");

  @TempDir private Path folder;

  @Test
  void policy_allowsWhatItNames() throws IOException {
    Policy policy =
        policy(
            """
            trainers: [dense]
            configurations: [%s]
            minimum-cohort: 5
            hours: 08:00-18:00
            """
                .formatted(Configuration.hash(task(1, 0, 5))));

    assertThatCode(() -> policy.check(task(1, 0, 5), LocalTime.NOON)).doesNotThrowAnyException();
  }

  @Test
  void policy_refusesEverythingElse() throws IOException {
    Task task = task(1, 0, 5);

    refused(() -> policy("trainers: [dl4j]").check(task, LocalTime.NOON), "field trainers");
    refused(
        () -> policy("configurations: [abc]").check(task, LocalTime.NOON), "field configurations");
    refused(() -> policy("minimum-cohort: 6").check(task, LocalTime.NOON), "field minimum-cohort");
    refused(() -> policy("hours: 20:00-06:00").check(task, LocalTime.NOON), "field hours");
    policy("hours: 20:00-06:00").check(task, LocalTime.MIDNIGHT);
  }

  @Test
  void policyWithAnUnknownField_isNoPolicy() {
    assertThatThrownBy(() -> policy("trainer: [dense]"))
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID));
  }

  @Test
  void jobThatTheDataOwnerApproves_passes() throws IOException {
    Approvals approvals = new Approvals(folder);
    Gate gate =
        new Gate(
            policy("approval: required"),
            Optional.of(approvals),
            InstantSource.fixed(NOW),
            ZoneOffset.UTC,
            () -> approvals.approve("job-1", NOW));

    gate.pass(task(1, 0, 5));

    assertThat(approvals.allow(task(2, 1, 5), NOW)).isTrue();
    assertThat(approvals.of(task(2, 1, 5)))
        .contains(new Approval(Configuration.hash(task(1, 0, 5)), NOW));
  }

  @Test
  void jobThatNobodyApproves_isLeftWhenItsRoundIsOver() throws IOException {
    InstantSource late = () -> NOW.plusSeconds(7200);
    Gate gate =
        new Gate(
            policy("approval: required"),
            Optional.of(new Approvals(folder)),
            late,
            ZoneOffset.UTC,
            () -> {});

    assertThatThrownBy(() -> gate.pass(task(1, 0, 5)))
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_UNAPPROVED));
  }

  @Test
  void approval_isForOneConfiguration() {
    Approvals approvals = new Approvals(folder);
    approvals.allow(task(1, 0, 5), NOW);
    approvals.approve("job-1", NOW);
    JobSpec other =
        JobFile.parse("{model: {kind: mlp, layers: [4, 2]}, training: {epochs: 9}}", "test");

    assertThat(approvals.allow(task(other, 1, 0, 5), NOW)).isFalse();
    assertThat(approvals.of(task(other, 1, 0, 5))).isEmpty();
  }

  @Test
  void olderRoundOrModel_isRefusedEvenByAnAgentThatStartsAgain() {
    Path file = folder.resolve("seen.json");
    new Seen(file).check(task(3, 2, 5));
    Seen again = new Seen(file);

    again.check(task(3, 2, 5));
    rolledBack(() -> again.check(task(2, 2, 5)));
    rolledBack(() -> again.check(task(4, 1, 5)));
    again.check(task(4, 3, 5));
  }

  private static void rolledBack(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TASK_ROLLED_BACK));
  }

  private static void refused(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .hasMessageContaining(why)
        .isInstanceOfSatisfying(
            RengoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_REFUSED));
  }

  private Policy policy(String text) throws IOException {
    return Policy.read(Files.writeString(folder.resolve("policy.yaml"), text));
  }

  private static Task task(int round, int version, int cohort) {
    return task(SPEC, round, version, cohort);
  }

  private static Task task(JobSpec spec, int round, int version, int cohort) {
    return new Task(
        Task.VERSION,
        "test",
        "job-1",
        round,
        "ann",
        Purpose.TRAIN,
        new ModelRef(version, "key", 1, "layout", "hash"),
        spec.model(),
        spec.training(),
        new UpdateSpec(spec.algorithm(), spec.encoding(), 0),
        1,
        NOW.plusSeconds(3600),
        cohort,
        1 << 26,
        Trust.NONE,
        Optional.empty());
  }
}
