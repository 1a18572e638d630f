package io.rengo.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.lambdas.Demands;
import io.rengo.lambdas.Steps;
import io.rengo.local.EventSource;
import io.rengo.local.FolderObjectStore;
import io.rengo.local.LocalKeys;
import io.rengo.local.MemoryRecordStore;
import io.rengo.local.MemoryTaskQueue;
import io.rengo.local.StorageEvents;
import io.rengo.local.Time;
import io.rengo.local.states.Interpreter;
import io.rengo.protocol.Federation;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Task;
import io.rengo.protocol.Versions;
import io.rengo.protocol.Workflow;
import io.rengo.protocol.trust.Signer;
import io.rengo.sim.StateMachines;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// `Scale MEMBERS PARAMETERS SHARD_MIB TILE_MIB FOLDER`: one round over updates in a folder, all
/// functions in this process, one at a time, so that the heap of the process bounds each of them.
/// The result is compared with the mean that it must be. Prints one JSON line.
public final class Scale {
  private static final Federation FEDERATION = new Federation("bench");
  private static final String JOB = "scale";
  private static final Set<String> HEAVY =
      Set.of("StartJob", "MeasureTiles", "FoldTiles", "MergeTiles", "StepShards");

  /// What the functions used, step by step.
  ///
  /// @param seconds of CPU and of wall time, of all calls of a step
  private record Used(Map<String, Double> seconds, Map<String, Integer> calls) {
    synchronized void add(String step, double wall) {
      seconds.merge(step, wall, Double::sum);
      calls.merge(step, 1, Integer::sum);
    }
  }

  private Scale() {}

  public static void main(String[] arguments) throws InterruptedException {
    List<String> members = Jobs.names(Integer.parseInt(arguments[0]));
    long parameters = Long.parseLong(arguments[1]);
    String file =
        """
        model: {kind: tensors, tensors: [{name: w, shape: [%d], init: zeros}]}
        training: {trainer: dummy}
        rounds: {count: 1, quorum: %d, deadline: 1h}
        aggregation: {shard-bytes: %d, tile-bytes: %d}
        seed: 1
        """
            .formatted(
                parameters,
                members.size(),
                Long.parseLong(arguments[2]) << 20,
                Long.parseLong(arguments[3]) << 20);
    AtomicReference<Consumer<ObjectInfo>> events = new AtomicReference<>(stored -> {});
    try (FolderObjectStore folder =
        new FolderObjectStore(Path.of(arguments[4]), stored -> events.get().accept(stored))) {
      System.out.println(Json.write(run(file, members, parameters, folder, events)));
    }
  }

  private static Map<String, Object> run(
      String file,
      List<String> members,
      long parameters,
      FolderObjectStore folder,
      AtomicReference<Consumer<ObjectInfo>> events)
      throws InterruptedException {
    Time time = Time.system();
    MemoryTaskQueue queues = new MemoryTaskQueue(time);
    queues.create(FEDERATION.eventQueue());
    members.forEach(member -> queues.create(FEDERATION.memberQueue(member)));
    events.set(
        new StorageEvents(
            key -> ObjectKeys.parseManifest(key).isPresent(),
            FEDERATION.prefix(),
            queues,
            FEDERATION.eventQueue(),
            time));
    CountingStore counted = new CountingStore(folder);
    Used used = new Used(new TreeMap<>(), new TreeMap<>());
    AtomicReference<Steps> steps = new AtomicReference<>();
    Semaphore one = new Semaphore(1);
    Interpreter interpreter =
        new Interpreter(
            StateMachines.load(FEDERATION, members),
            FEDERATION.jobStateMachine(),
            (function, payload) -> call(steps.get(), function, payload, one, used),
            counted,
            time,
            event -> {});
    steps.set(
        new Steps(
            new Ports(
                counted,
                queues,
                new MemoryRecordStore(time),
                interpreter,
                LocalKeys.inMemory(),
                Signer.none(),
                time),
            FEDERATION,
            Demands.NONE,
            Versions.UNKNOWN,
            report -> {}));
    try (EventSource accept =
        new EventSource(
            queues,
            new EventSource.Mapping(
                FEDERATION.eventQueue(),
                Duration.ofMinutes(5),
                1,
                event -> steps.get().run("AcceptUpdate", event),
                e -> e.printStackTrace()))) {
      ObjectNode input = Json.MAPPER.createObjectNode();
      input.set("file", JobFile.readTree(file, "scale"));
      long begin = System.nanoTime();
      interpreter.start(JOB, input);
      answerAll(queues, folder, members);
      long sent = System.nanoTime();
      long cpu = cpuNanos();
      answerAll(queues, folder, members);
      long aggregated = System.nanoTime();
      double cpuSeconds = (cpuNanos() - cpu) / 1e9;
      Workflow.Status status = interpreter.await(JOB);
      if (!(status instanceof Workflow.Status.Succeeded)) {
        throw new IllegalStateException("the job did not succeed: " + status);
      }
      Map<String, Object> line = new TreeMap<>();
      line.put("members", members.size());
      line.put("modelBytes", parameters * Float.BYTES);
      line.put("secondsUntilLastUpdate", (sent - begin) / 1e9);
      line.put("secondsOfAggregation", (aggregated - sent) / 1e9);
      line.put("cpuSecondsOfAggregation", cpuSeconds);
      line.put("steps", used.seconds());
      line.put("calls", used.calls());
      line.put("reads", counted.reads().get());
      line.put("writes", counted.writes().get());
      line.put("bytesRead", counted.bytesRead().get());
      line.put(
          "bytesOverUpdates",
          counted.bytesRead().get() / (double) (members.size() * parameters * Float.BYTES));
      line.put("heapBytes", Runtime.getRuntime().maxMemory());
      line.put("largestError", largestError(folder, members, parameters));
      return line;
    }
  }

  private static JsonNode call(
      Steps steps, String function, JsonNode payload, Semaphore one, Used used) {
    boolean heavy = HEAVY.contains(function);
    if (heavy) {
      one.acquireUninterruptibly();
    }
    long begin = System.nanoTime();
    try {
      return steps.run(function, payload);
    } finally {
      used.add(function, (System.nanoTime() - begin) / 1e9);
      if (heavy) {
        one.release();
      }
    }
  }

  /// Each member's next task.
  private static void answerAll(
      MemoryTaskQueue queues, FolderObjectStore folder, List<String> members) {
    Set<String> left = new HashSet<>(members);
    for (String member : members) {
      String queue = FEDERATION.memberQueue(member);
      while (left.contains(member)) {
        queues
            .receive(queue, 1, Duration.ofSeconds(20), Duration.ofHours(1))
            .forEach(delivery -> {
              BlockMember.answer(folder, Json.read(delivery.body(), Task.class, queue));
              queues.delete(queue, delivery.receipt());
              left.remove(member);
            });
      }
    }
  }

  /// The largest difference between the new model, in three places, and the mean of the updates.
  private static double largestError(
      FolderObjectStore folder, List<String> members, long parameters) {
    double[] mean = new double[BlockMember.BLOCK];
    for (String member : members) {
      float[] block = BlockMember.block(member);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += block[i] / (double) members.size();
      }
    }
    String latest = new ObjectKeys(JOB).latestModel();
    ModelRef model = Json.read(folder.get(latest).orElseThrow().content(), ModelRef.class, latest);
    double largest = 0;
    for (long at : new long[] {0, parameters / 2, Math.max(0, parameters - 1_000_000)}) {
      int count = (int) Math.min(1_000_000, parameters - at);
      long offset = model.size() - (parameters - at) * Float.BYTES;
      ByteBuffer values =
          folder.range(model.key(), offset, count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < count; i++) {
        double expected = mean[(int) ((at + i) % BlockMember.BLOCK)];
        largest = Math.max(largest, Math.abs(values.getFloat(i * Float.BYTES) - expected));
      }
    }
    return largest;
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
