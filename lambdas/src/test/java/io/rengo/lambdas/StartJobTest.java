package io.rengo.lambdas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.Safetensors;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.Progress;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Trust;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartJobTest {
  private static final String UNSEEDED =
      "model: {kind: mlp, layers: [3, 2]}\nrounds: {quorum: 2}\n";

  private final Place place = new Place();

  private StartJob.Output start(String json, List<String> members) {
    JsonNode input = Json.read(json, JsonNode.class, "input");
    return new StartJob(place.ports, Trust.NONE, Place.VERSIONS)
        .run(new StartJob.Input(Place.JOB, input, members));
  }

  private ErrorCode refusal(String json, List<String> members) {
    RengoException e = catchThrowableOfType(RengoException.class, () -> start(json, members));
    assertThat(place.objects.list("jobs/")).as("nothing is stored").isEmpty();
    assertThat(e.mend()).isNotBlank();
    return e.code();
  }

  private static String file(String yaml) {
    return Json.write(Map.of("file", yaml));
  }

  private void put(String key, ByteBuffer content) {
    place.objects.putOnce(key, content);
  }

  private Progress progress() {
    return Job.progress(place.ports, Place.JOB);
  }

  @Test
  void stores_the_file_with_its_defaults_the_members_and_the_model() {
    start(file(JobByHand.SMALL), List.of("cid", "ann", "bob", "ann"));
    Job job = Job.load(place.ports, Place.JOB);
    assertThat(job.members()).containsExactly("ann", "bob", "cid");
    assertThat(job.spec().rounds().retries()).isEqualTo(2);
    ModelRef model = progress().model();
    assertThat(Safetensors.read(place.bytes(model.key()), job.layout())).hasSize(8);
    assertThat(model.size()).isEqualTo(place.bytes(model.key()).remaining());
    assertThat(Json.read(place.bytes(Place.KEYS.latestModel()), ModelRef.class, "latest"))
        .isEqualTo(model);
    assertThat(progress().state()).isEqualTo(Progress.State.RUNNING);
  }

  @Test
  void takes_the_file_from_an_object() {
    put("job.yaml", ByteBuffer.wrap(JobByHand.SMALL.getBytes(StandardCharsets.UTF_8)));
    start("{\"fileKey\": \"job.yaml\"}", Place.MEMBERS);
    assertThat(progress().seed()).isEqualTo(7);
  }

  @Test
  void takes_a_file_that_is_json_already() {
    start("{\"file\": {\"model\": {\"kind\": \"mlp\", \"layers\": [3, 2]}}}", Place.MEMBERS);
    assertThat(Job.load(place.ports, Place.JOB).spec().rounds().count()).isEqualTo(10);
  }

  @Test
  void begins_with_a_given_model() {
    JobByHand other = JobByHand.started(JobByHand.SMALL);
    Job job = Job.load(other.place.ports, Place.JOB);
    float[] ones = {1, 1, 1, 1, 1, 1, 1, 1};
    put("given", Safetensors.write(job.layout(), Map.of("by", "hand"), ones));
    start(Json.write(Map.of("file", JobByHand.SMALL, "initialModel", "given")), Place.MEMBERS);
    assertThat(Safetensors.read(place.bytes(Place.KEYS.model(0)), job.layout())).isEqualTo(ones);
  }

  @Test
  void the_model_that_is_stored_counts_even_where_the_given_one_has_changed() {
    start(file(JobByHand.SMALL), Place.MEMBERS);
    Job job = Job.load(place.ports, Place.JOB);
    put("other", Safetensors.write(job.layout(), Map.of(), new float[8]));
    assertThat(InitialModel.store(place.ports, job, Optional.of("other"), 7))
        .isEqualTo(progress().model());
  }

  @Test
  void the_same_seed_gives_the_same_model() {
    start(file(JobByHand.SMALL), Place.MEMBERS);
    JobByHand other = JobByHand.started(JobByHand.SMALL);
    assertThat(other.place.bytes(Place.KEYS.model(0))).isEqualTo(place.bytes(Place.KEYS.model(0)));
  }

  @Test
  void draws_a_seed_once_wherever_it_dies() {
    for (int call = 1; call < 12; call++) {
      Place fresh = new Place();
      JobByHand job = new JobByHand(fresh, Runner.dying(new Dying(call)));
      job.start(UNSEEDED);
      Progress progress = Job.progress(fresh.ports, Place.JOB);
      Job stored = Job.load(fresh.ports, Place.JOB);
      assertThat(stored.spec().seed()).contains(progress.seed());
      assertThat(Json.read(fresh.bytes(Place.KEYS.latestModel()), ModelRef.class, "latest"))
          .as("died at call %d", call)
          .isEqualTo(progress.model());
      assertThat(InitialModel.store(fresh.ports, stored, Optional.empty(), progress.seed()))
          .isEqualTo(progress.model());
    }
  }

  @Test
  void goes_on_with_a_job_that_is_there() {
    start(file(JobByHand.SMALL), Place.MEMBERS);
    Map<String, Object> before = place.contents();
    start(file(JobByHand.SMALL.replace("seed: 7", "seed: 8")), Place.MEMBERS);
    assertThat(place.contents()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                         | JOB_INVALID
          {"file": "a: b", "fileKey": "c"}           | JOB_INVALID
          {"fil": "a"}                               | JOB_INVALID
          {"file": "modell: {}"}                     | JOB_INVALID
          {"file": "rounds: [1"}                     | JOB_INVALID
          {"file": 3}                                | JOB_INVALID
          {"fileKey": 3}                             | JOB_INVALID
          {"fileKey": "nowhere"}                     | OBJECT_MISSING
          """)
  void refuses_an_input_that_is_none(String input, ErrorCode code) {
    assertThat(refusal(input, Place.MEMBERS)).isEqualTo(code);
  }

  @Test
  void refuses_a_quorum_out_of_reach_and_names_that_are_none() {
    assertThat(refusal(file(JobByHand.SMALL), List.of("ann"))).isEqualTo(ErrorCode.JOB_INVALID);
    assertThat(refusal(file(JobByHand.SMALL + "cohort: {rule: uniform, size: 4}"), Place.MEMBERS))
        .isEqualTo(ErrorCode.JOB_INVALID);
    assertThat(refusal(file(JobByHand.SMALL), List.of("ann", "B/b")))
        .isEqualTo(ErrorCode.CONFIG_INVALID);
  }

  @Test
  void refuses_an_initial_model_of_another_layout() {
    put("given", ByteBuffer.wrap(new byte[20]));
    String input = Json.write(Map.of("file", JobByHand.SMALL, "initialModel", "given"));
    assertThatExceptionOfType(RengoException.class)
        .isThrownBy(() -> start(input, Place.MEMBERS))
        .withMessageContaining("the initial model cannot be read")
        .matches(e -> e.code() == ErrorCode.JOB_INVALID);
  }
}
