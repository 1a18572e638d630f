package io.rengo.sim;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.lambdas.Steps;
import io.rengo.local.EventSource;
import io.rengo.local.Interpreter;
import io.rengo.local.MemoryTaskQueue;
import io.rengo.local.StorageEvents;
import io.rengo.local.Time;
import io.rengo.protocol.Federation;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Progress;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A federation in one JVM: the same steps, agents and state machines as deployed, over ports in
/// memory or in a folder.
public final class Simulation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Simulation.class);
  private static final Duration EVENT_VISIBILITY = Duration.ofMinutes(5);

  private final Ports ports;
  private final LocalStores stores;
  private final StorageEvents events;
  private final EventSource accept;
  private final Members members;
  private final Interpreter interpreter;
  private volatile Consumer<RoundReport> onRound = report -> {};

  /// Opens the stores and starts the members.
  public Simulation(SimulationConfig config) {
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
    StateMachines machines = StateMachines.load(config.members());
    interpreter = machines.interpreter(this::call, stores.objects(), time);
    ports = new Ports(stores.objects(), queues, stores.records(), interpreter, time);
    steps = new Steps(ports, federation, this::recorded);
    accept =
        new EventSource(
            queues,
            new EventSource.Mapping(
                federation.eventQueue(),
                EVENT_VISIBILITY,
                1,
                event -> steps.run("AcceptUpdate", event),
                e -> LOG.error("updates could not be counted, they are tried again", e)));
    members = new Members(config, ports);
  }

  /// What the simulation stores.
  public Ports ports() {
    return ports;
  }

  /// Runs a job to its end, or on from where it is where it was begun before.
  ///
  /// @param input the execution's input: `file` is the job file
  /// @param listener is told of each recorded round, those before first
  public Workflow.Status run(String job, JsonNode input, Consumer<RoundReport> listener) {
    replay(job, listener);
    onRound = listener;
    interpreter.start(job, input);
    return interpreter.await(job);
  }

  @Override
  public void close() {
    members.close();
    accept.close();
    interpreter.close();
    stores.close();
  }
}
