package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.core.Sha256;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishModelTest {
  private final JobByHand job = JobByHand.started(JobByHand.SMALL);
  private final Place place = job.place;

  private String stepped(int round) {
    job.open(round);
    job.answer(round, Place.MEMBERS);
    job.close(round);
    String plan = job.plan(round, 0, List.of()).plan();
    job.fold(plan, 0);
    return plan;
  }

  private ModelRef publish(String plan, StepShards.Output part) {
    return new PublishModel(place.ports).run(new PublishModel.Input(plan, List.of(part)));
  }

  private ModelRef latest() {
    return Json.read(place.bytes(Place.KEYS.latestModel()), ModelRef.class, "latest");
  }

  @Test
  void the_model_is_there_whole_and_the_newest() {
    String plan = stepped(1);
    StepShards.Output part = job.stepShard(plan, 0);
    assertThat(place.objects.head(Place.KEYS.model(1))).as("not half-made").isEmpty();
    ModelRef model = publish(plan, part);
    assertThat(latest()).isEqualTo(model);
    ByteBuffer file = place.bytes(model.key());
    assertThat(model.size()).isEqualTo(file.remaining());
    assertThat(model.hash())
        .isEqualTo(Shards.hash(List.of(Sha256.hex(file.slice(file.limit() - 32, 32)))));
  }

  @Test
  void a_part_that_was_uploaded_again_since_does_not_matter() {
    String plan = stepped(1);
    StepShards.Output told = job.stepShard(plan, 0);
    StepShards.Output later = job.stepShard(plan, 0);
    assertThat(later.etag()).isNotEqualTo(told.etag());
    ModelRef model = publish(plan, told);
    assertThat(model).isEqualTo(latest());
    assertThat(place.bytes(model.key()).remaining()).isEqualTo((int) model.size());
  }

  @Test
  void nor_does_it_where_the_step_was_taken_at_once() {
    JobByHand averaging = JobByHand.started(JobByHand.SMALL.replace("fedadam", "fedavg"));
    averaging.open(1);
    averaging.answer(1, Place.MEMBERS);
    averaging.close(1);
    String plan = averaging.plan(1, 0, List.of()).plan();
    List<StepShards.Output> told = averaging.fold(plan, 0).parts();
    averaging.fold(plan, 0);
    ModelRef model =
        new PublishModel(averaging.place.ports).run(new PublishModel.Input(plan, told));
    assertThat(averaging.place.bytes(model.key()).remaining()).isEqualTo((int) model.size());
    assertThat(averaging.fold(plan, 0).parts())
        .as("a late run changes nothing")
        .containsExactly(new StepShards.Output(0, "", told.getFirst().hash()));
  }

  @Test
  void a_late_second_run_does_not_move_the_pointer_back() {
    String plan = stepped(1);
    StepShards.Output part = job.stepShard(plan, 0);
    publish(plan, part);
    job.aggregate(1);
    job.round(2);
    assertThat(job.stepShard(plan, 0).etag()).as("nothing is uploaded any more").isEmpty();
    assertThat(publish(plan, part).version()).isEqualTo(1);
    assertThat(latest().version()).isEqualTo(2);
  }
}
