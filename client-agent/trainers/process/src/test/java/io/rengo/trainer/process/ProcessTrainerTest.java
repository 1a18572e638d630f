package io.rengo.trainer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.agent.Examples;
import io.rengo.agent.LocalTraining;
import io.rengo.agent.LocalUpdate;
import io.rengo.agent.MemberData;
import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.Layout;
import io.rengo.core.MetricSums;
import io.rengo.core.TensorSpec;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessTrainerTest {
  private static final Layout SMALL =
      new Layout(List.of(new TensorSpec("w", List.of(2)), new TensorSpec("b", List.of())));
  private static final LocalTraining TRAINING =
      new LocalTraining(2, 32, "sgd", 0.1, 0.9, 0.5, 1, 42);
  private static final String COPY = "cp $0/global.safetensors $0/update.safetensors; ";
  private static final String DONE =
      "echo '{\"examples\":3,\"steps\":2,\"loss\":0.5}' > $0/result.json";

  @TempDir Path scratch;

  @Test
  void provider_isFoundByItsName() {
    assertThat(ServiceLoader.load(TrainerProvider.class))
        .anyMatch(provider -> provider.name().equals("process"));
  }

  @Test
  void pythonExample_learnsDigits() {
    Path root = Path.of(System.getProperty("rengo.root"));
    Layout layout =
        new Layout(
            List.of(
                new TensorSpec("layers.0.kernel", List.of(64, 10)),
                new TensorSpec("layers.0.bias", List.of(10))));
    ObjectNode member = JsonNodeFactory.instance.objectNode();
    member.put("directory", root.resolve("examples").toString());
    member
        .putArray("command")
        .add("python3")
        .add("process-trainer/train.py")
        .add("data/digits.csv.gz");
    ObjectNode settings = JsonNodeFactory.instance.objectNode().put("scale", 0.0625);
    Trainer trainer = trainer(layout, settings, member);
    float[] start = new float[650];

    MetricSums before = trainer.evaluate(start);
    LocalUpdate update = trainer.train(start, new LocalTraining(3, 32, "sgd", 0.5, 0, 0, 0, 1));
    MetricSums after = trainer.evaluate(update.parameters());

    assertThat(before.meanLoss().orElseThrow())
        .isCloseTo(Math.log(10), org.assertj.core.data.Offset.offset(1e-6));
    assertThat(update.examples()).isEqualTo(1437);
    assertThat(update.steps()).isEqualTo(3 * 45);
    assertThat(after.examples()).isEqualTo(360);
    assertThat(after.accuracy().orElseThrow()).isGreaterThan(0.9);
  }

  @Test
  void folder_holdsTaskAndModel() throws IOException {
    Trainer trainer = shell(COPY + DONE + "; cp $0/task.json " + scratch.resolve("seen.json"));
    float[] start = {1, -2, 3};
    LocalUpdate update = trainer.train(start, TRAINING);
    assertThat(update.parameters()).isEqualTo(start);
    assertThat(update.examples()).isEqualTo(3);
    assertThat(update.steps()).isEqualTo(2);
    assertThat(update.loss()).isEqualTo(0.5);
    assertThat(Json.MAPPER.readTree(Files.readString(scratch.resolve("seen.json"))))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"version":1,"purpose":"train","seed":42,
                 "training":{"epochs":2,"batchSize":32,"optimizer":"sgd","learningRate":0.1,
                   "momentum":0.9,"proximalMu":0.5,"clipNorm":1.0},
                 "settings":{"command":["touch","stolen"]},"model":{"kind":"tensors"},
                 "layout":{"hash":"%s","tensors":[{"name":"w","shape":[2]},{"name":"b","shape":[]}]}}
                """
                    .formatted(SMALL.hash())));
  }

  @Test
  void evaluation_needsNoUpdate() {
    Trainer trainer =
        shell(
            "grep -q '\"purpose\":\"evaluate\"' $0/task.json && echo '{\"examples\":4,\"loss\":0.5,"
                + "\"metrics\":{\"confusion\":[[1,1],[0,2]]}}' > $0/result.json");
    MetricSums metrics = trainer.evaluate(new float[3]);
    assertThat(metrics).isEqualTo(new MetricSums(4, 2, 0, new long[][] {{1, 1}, {0, 2}}));
  }

  @Test
  void credentials_stayWithTheAgent() {
    ObjectNode member = member("env > $0/result.json; exit 3");
    member.putObject("environment").put("GIVEN", "yes");
    Map<String, String> agent = System.getenv();
    assertThat(agent).containsKey("AWS_SECRET_ACCESS_KEY");
    assertThatThrownBy(() -> trainer(SMALL, member, member).evaluate(new float[3]))
        .hasMessageContaining("exit code 3");
    assertThat(scratch.resolve("run/result.json"))
        .content()
        .contains("GIVEN=yes", "PATH=")
        .doesNotContain("AWS_");
  }

  @Test
  void data_isGivenWhereTheMemberAsks() {
    ObjectNode member = member("ls $0 >&2; exit 1").put("data", true);
    assertThatThrownBy(() -> trainer(SMALL, member, member).evaluate(new float[3]))
        .hasMessageContaining("hold-out.safetensors")
        .hasMessageContaining("training.safetensors");
    assertThatThrownBy(() -> shell("ls $0 >&2; exit 1").evaluate(new float[3]))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("training.safetensors"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "echo no luck >&2; exit 7                        | exit code 7 | no luck",
        "COPY                                            | left no result.json | result.json",
        "DONE                                            | left no update.safetensors | update",
        "COPY echo '{\"examples\":1' > $0/result.json    | cannot be used | result.json",
        "COPY echo '{\"examples\":1,\"loss\":1,\"x\":1}' > $0/result.json | x | result.json",
        "COPY echo '{\"loss\":1}' > $0/result.json       | examples | result.json",
        "COPY echo '{\"examples\":0,\"loss\":1}' > $0/result.json | 1 or more | result.json",
        "COPY echo '{\"examples\":1.5,\"loss\":1}' > $0/result.json | 1.5 | result.json",
        "COPY echo '{\"examples\":1,\"loss\":\"NaN\"}' > $0/result.json | loss is NaN | result.json",
        "COPY echo null > $0/result.json                 | examples | result.json",
        "head -c 50 $0/global.safetensors > $0/update.safetensors; DONE | byte | update",
        "sed 's/\"w\"/\"v\"/' $0/global.safetensors > $0/update.safetensors; DONE | w | update",
        "COPY head -c 2000000 /dev/zero >> $0/update.safetensors; DONE | longer | update",
        "COPY printf '\\000\\000\\300\\177' > $0/nan; dd if=$0/nan of=$0/update.safetensors bs=1 conv=notrunc seek=$(($(stat -c %s $0/update.safetensors)-4)); DONE | parameter 2 is NaN | update",
      })
  void failures_sayWhatIsWrong(String script, String what, String where) {
    Trainer trainer = shell(script.replace("COPY", COPY).replace("DONE", DONE));
    assertThatThrownBy(() -> trainer.train(new float[3], TRAINING))
        .isInstanceOfSatisfying(
            RengoException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.TRAINING_FAILED))
        .hasMessageContaining(what)
        .hasMessageContaining(where);
  }

  @Test
  void slowCommand_isKilledWithItsChildren() throws Exception {
    Path pid = scratch.resolve("pid");
    ObjectNode member = member("sleep 60 & echo $! > " + pid + "; wait").put("timeout", "700ms");
    assertThatThrownBy(() -> trainer(SMALL, member, member).evaluate(new float[3]))
        .hasMessageContaining("TRAINING_FAILED")
        .hasMessageContaining("timeout");
    long child = Long.parseLong(Files.readString(pid).strip());
    ProcessHandle.of(child).ifPresent(handle -> handle.onExit().join());
  }

  @Test
  void stoppedAgent_killsTheCommand() throws Exception {
    Path fifo = scratch.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    Trainer trainer = shell("exec 3> " + fifo + "; sleep 60");
    Thread agent = new Thread(() -> trainer.evaluate(new float[3]));
    Throwable[] thrown = new Throwable[1];
    agent.setUncaughtExceptionHandler((thread, e) -> thrown[0] = e);
    agent.start();
    try (var started = Files.newInputStream(fifo)) {
      agent.interrupt();
      assertThat(agent.join(Duration.ofSeconds(20))).isTrue();
      assertThat(started.read()).isEqualTo(-1);
    }
    assertThat(thrown[0]).hasMessageContaining("the agent was stopped");
  }

  @Test
  void unknownProgram_isNamed() {
    ObjectNode member = JsonNodeFactory.instance.objectNode();
    member.putArray("command").add("no-such-program-here");
    assertThatThrownBy(() -> trainer(SMALL, member, member).evaluate(new float[3]))
        .hasMessageContaining("PREREQUISITE_MISSING")
        .hasMessageContaining("no-such-program-here");
  }

  @Test
  void command_comesFromTheMemberAlone() {
    ObjectNode job = JsonNodeFactory.instance.objectNode();
    job.putArray("command").add("true");
    assertThatThrownBy(() -> trainer(SMALL, job, JsonNodeFactory.instance.objectNode()))
        .hasMessageContaining("TASK_INVALID")
        .hasMessageContaining("trainers.process.command");
    assertThatThrownBy(() -> trainer(SMALL, job, JsonNodeFactory.instance.missingNode()))
        .hasMessageContaining("TASK_INVALID");
  }

  @Test
  void unknownSettings_areRefused() {
    ObjectNode member = member("true").put("comand", "x");
    assertThatThrownBy(() -> trainer(SMALL, member, member))
        .hasMessageContaining("CONFIG_INVALID")
        .hasMessageContaining("comand");
    ObjectNode timeout = member("true").put("timeout", "soon");
    assertThatThrownBy(() -> trainer(SMALL, timeout, timeout))
        .hasMessageContaining("CONFIG_INVALID")
        .hasMessageContaining("soon");
  }

  private Trainer shell(String script) {
    ObjectNode stolen = JsonNodeFactory.instance.objectNode();
    stolen.putArray("command").add("touch").add("stolen");
    return trainer(SMALL, stolen, member(script));
  }

  private static ObjectNode member(String script) {
    ObjectNode member = JsonNodeFactory.instance.objectNode();
    member.putArray("command").add("sh").add("-c").add(script);
    return member;
  }

  private Trainer trainer(Layout layout, JsonNode settings, JsonNode member) {
    ObjectNode model = JsonNodeFactory.instance.objectNode().put("kind", "tensors");
    Examples rows = new Examples(1, 2, new float[] {1, 2}, new float[] {0});
    return new ProcessTrainerProvider()
        .open(
            new TrainerProvider.Context(
                model, settings, member, layout, () -> new MemberData(rows, rows), scratch));
  }
}
