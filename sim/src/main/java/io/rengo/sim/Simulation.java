package io.rengo.sim;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.agent.Slots;
import io.rengo.agent.Worker;
import io.rengo.lambdas.Demands;
import io.rengo.lambdas.Steps;
import io.rengo.local.EventSource;
import io.rengo.local.MemoryTaskQueue;
import io.rengo.local.StorageEvents;
import io.rengo.local.Time;
import io.rengo.local.states.Event;
import io.rengo.local.states.Interpreter;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Progress;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Task;
import io.rengo.protocol.TrustKeys;
import io.rengo.protocol.Workflow;
import io.rengo.protocol.trust.Signer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A federation in one JVM: the same steps, agents and state machines as deployed, over ports in
/// memory or in a folder.
public final class Simulation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Simulation.class);
  private static final Duration EVENT_VISIBILITY = Duration.ofMinutes(5);

  private final LocalStores stores;
  private final StorageEvents events;
  private final Interpreter interpreter;
  private final Ports ports;
  private final EventSource accept;
  private final Map<String, Simulation> regions;
  private final Members members;
  private final Retention retention;
  private final AtomicReference<Consumer<RoundReport>> recorded =
      new AtomicReference<>(report -> {});

  /// Opens the stores and starts the members.
  public Simulation(SimulationConfig config) {
    this(config, event -> {});
  }

  /// The same.
  ///
  /// @param listener hears what happens in the state machines, in the thread in which it happens
  public Simulation(SimulationConfig config, Consumer<Event> listener) {
    this(config, config.federation().jobStateMachine(), listener);
  }

  /// @param machine the state machine that is started from outside
  private Simulation(SimulationConfig config, String machine, Consumer<Event> listener) {
    Federation federation = config.federation();
    Time time = Time.system();
    MemoryTaskQueue queues = new MemoryTaskQueue(time);
    queues.create(federation.eventQueue());
    config.members().forEach(member -> queues.create(federation.memberQueue(member)));
    events =
        new StorageEvents(
            key -> ObjectKeys.parseManifest(key).isPresent(),
            federation.prefix(),
            queues,
            federation.eventQueue(),
            time);
    stores = LocalStores.open(config.folder(), time, events);
    retention =
        new Retention(stores.objects(), stores.forget(), config.folder().isPresent() ? 1 : 0);
    AtomicReference<Optional<Steps>> wired = new AtomicReference<>(Optional.empty());
    interpreter =
        new Interpreter(
            StateMachines.load(federation, config.members()),
            machine,
            (function, payload) -> wired.get().orElseThrow().run(function, payload),
            stores.objects(),
            time,
            listener);
    ports =
        new Ports(
            stores.objects(),
            queues,
            stores.records(),
            interpreter,
            stores.keys(),
            config.identities().map(Identities::coordinator).orElseGet(Signer::none),
            time);
    Steps steps =
        new Steps(
            ports,
            federation,
            demands(config),
            StateMachines.versions(),
            report -> recorded.get().accept(report));
    wired.set(Optional.of(steps));
    accept =
        new EventSource(
            queues,
            new EventSource.Mapping(
                federation.eventQueue(),
                EVENT_VISIBILITY,
                1,
                event -> steps.run("AcceptUpdate", event),
                e -> LOG.error("updates could not be counted, they are tried again", e)));
    config
        .identities()
        .ifPresent(identities ->
            ports
                .objects()
                .putOnce(
                    TrustKeys.REVOKED,
                    ByteBuffer.wrap(identities.revoked().getBytes(StandardCharsets.US_ASCII))));
    regions = new TreeMap<>();
    config.regions().keySet().forEach(region -> regions.put(region, region(config, region)));
    members = new Members(config, ports, regions);
  }

  /// One region's federation, which does what its combiner asks.
  private static Simulation region(SimulationConfig config, String region) {
    return new Simulation(
        config.region(region), new Federation(region).regionStateMachine(), event -> {});
  }

  private static Demands demands(SimulationConfig config) {
    return new Demands(config.sealed(), config.identities().map(Identities::authority));
  }

  /// What the simulation runs on.
  public Ports ports() {
    return ports;
  }

  /// Runs a job to its end, one at a time; where it was begun before, on from where it is.
  ///
  /// @param input the execution's input: `file` is the job file
  /// @param onRound is told of each recorded round, those of a former run first
  public Workflow.Status run(String job, JsonNode input, Consumer<RoundReport> onRound) {
    takeUp(job, onRound);
    recorded.set(report -> {
      retention.roundIsRecorded(job, report.round());
      onRound.accept(report);
    });
    interpreter.start(job, input);
    try {
      return interpreter.await(job);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RengoException(
          ErrorCode.JOB_ABORTED, "interrupted", job, "Run it again to go on with it", e);
    }
  }

  /// Tells of the rounds of a former run, and brings the events again that may have been lost with
  /// it.
  private void takeUp(String job, Consumer<RoundReport> onRound) {
    ObjectKeys keys = new ObjectKeys(job);
    int rounds =
        ports
            .records()
            .get(RecordKeys.job(job))
            .map(record -> Json.read(record.json(), Progress.class, "job " + job).round())
            .orElse(0);
    for (int round = 1; round <= rounds; round++) {
      String key = keys.report(round);
      ports
          .objects()
          .get(key)
          .map(object -> Json.read(object.content(), RoundReport.class, key))
          .ifPresent(onRound);
    }
    bringAgain(job, rounds + 1);
  }

  private void bringAgain(String job, int round) {
    ports.objects().list(new ObjectKeys(job).updates(round)).forEach(events);
  }

  /// Does a task that a region of the federation above was asked for.
  void work(Task task, Slots.Slot slot, Worker combiner) {
    bringAgain(task.job(), task.round());
    combiner.work(task, slot);
    retention.roundIsRecorded(task.job(), task.round());
  }

  @Override
  public void close() {
    members.close();
    regions.values().forEach(Simulation::close);
    accept.close();
    interpreter.list().stream()
        .filter(execution -> execution.status() instanceof Workflow.Status.Running)
        .forEach(execution -> interpreter.stop(execution.name(), "the simulation was closed"));
    stores.close();
  }
}
