package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rengo.local.MemoryTaskQueue;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatchTasksTest {
  private final JobByHand job = JobByHand.started(JobByHand.SMALL);
  private final Place place = job.place;

  private void select() {
    new SelectCohort(place.ports).run(new SelectCohort.Input(Place.JOB, 1, Purpose.TRAIN));
  }

  private static DispatchTasks.Output dispatch(Ports ports) {
    return new DispatchTasks(ports, Place.FEDERATION, false)
        .run(new DispatchTasks.Input(Place.JOB, 1));
  }

  private Ports withQueuesOf(List<String> members) {
    MemoryTaskQueue few = new MemoryTaskQueue(place.time);
    members.forEach(member -> few.create(Place.FEDERATION.memberQueue(member)));
    return new Ports(
        place.objects,
        few,
        place.records,
        place.workflow,
        place.keys,
        place.ports.signer(),
        place.time);
  }

  private Task task(String member) {
    String queue = Place.FEDERATION.memberQueue(member);
    return Json.read(
        place.queues.receive(queue, 1, Duration.ZERO, Duration.ofDays(1)).getFirst().body(),
        Task.class,
        queue);
  }

  @Test
  void every_member_of_the_cohort_gets_a_task_of_its_own() {
    select();
    assertThat(dispatch(place.ports)).isEqualTo(new DispatchTasks.Output(3, List.of()));
    Task ann = task("ann");
    assertThat(ann.member()).isEqualTo("ann");
    assertThat(ann.round()).isEqualTo(1);
    assertThat(ann.model()).isEqualTo(Job.progress(place.ports, Place.JOB).model());
    assertThat(ann.deadline()).isEqualTo(place.time.instant().plus(Duration.ofHours(1)));
    assertThat(task("bob").seed()).isNotEqualTo(ann.seed());
  }

  @Test
  void a_second_run_sends_the_same_task_to_those_who_have_not_answered() {
    select();
    dispatch(place.ports);
    Task first = task("cid");
    job.answer(1, List.of("ann"));
    place.time.advance(Duration.ofMinutes(5));
    assertThat(dispatch(place.ports).dispatched()).isEqualTo(2);
    assertThat(task("cid")).isEqualTo(first);
    assertThat(place.tasksOf("ann")).isEqualTo(1);
    assertThat(place.tasksOf("bob")).isEqualTo(2);
  }

  @Test
  void a_member_without_a_queue_is_left_out() {
    select();
    assertThat(dispatch(withQueuesOf(List.of("ann", "cid"))))
        .isEqualTo(new DispatchTasks.Output(2, List.of("bob")));
  }

  @Test
  void too_few_members_with_a_queue_are_an_error_that_names_them() {
    select();
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> dispatch(withQueuesOf(List.of("ann"))))
        .withMessageContaining("[bob, cid]")
        .matches(e -> e.code() == ErrorCode.QUEUE_MISSING);
  }
}
