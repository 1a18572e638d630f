package io.rengo.sim;

import io.rengo.agent.Agent;
import io.rengo.agent.Lease;
import io.rengo.agent.SharedModel;
import io.rengo.agent.Slots;
import io.rengo.agent.TaskWorker;
import io.rengo.agent.Worker;
import io.rengo.agent.privacy.LocalNoise;
import io.rengo.agent.privacy.MemberBudget;
import io.rengo.agent.region.Combiner;
import io.rengo.agent.state.FolderState;
import io.rengo.agent.state.MemberState;
import io.rengo.agent.state.MemoryModel;
import io.rengo.agent.state.MemoryState;
import io.rengo.agent.trust.Gate;
import io.rengo.agent.trust.Inbox;
import io.rengo.agent.trust.Seen;
import io.rengo.agent.trust.SignedInbox;
import io.rengo.agent.update.KeySeal;
import io.rengo.agent.update.Pipeline;
import io.rengo.agent.update.Protection;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Task;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;

/// The members' agents: the same code as on a member's host, each on a virtual thread.
final class Members implements AutoCloseable {
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final ScheduledExecutorService leases = leases();
  private final List<Thread> threads = new ArrayList<>();

  /// @param regions the federations of those members that are regions
  Members(SimulationConfig config, Ports ports, Map<String, Simulation> regions) {
    SecureRandom random = new SecureRandom();
    Slots slots = new Slots(config.cores());
    SharedModel shared = new SharedModel();
    MemoryModel kept = new MemoryModel();
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
    Lease.Keeper keeper = new Lease.Keeper(ports.queues(), leases, doing -> {}, LEASE);
    for (String member : config.members()) {
      MemberState state = state(config, member);
      MemberBudget budget = MemberBudget.inMemory(Optional.empty());
      Pipeline pipeline =
          new Pipeline(
              ports.objects(),
              state,
              Protection.inOrder(List.of(new LocalNoise(budget))),
              new KeySeal(
                  ports.keys(),
                  config.identities().map(identities -> identities.members().apply(member)),
                  random));
      Worker trainer =
          new TaskWorker(
              ports,
              new TaskWorker.Member(
                  config.trainers(),
                  Map.of(),
                  config.data().apply(member),
                  scratch,
                  state,
                  shared,
                  kept,
                  budget),
              pipeline);
      Agent agent =
          new Agent(
              ports,
              config.federation(),
              member,
              Optional.ofNullable(regions.get(member))
                  .map(region -> combiner(ports, region, pipeline))
                  .orElse(trainer),
              regions.containsKey(member) ? new Slots(1) : slots,
              keeper,
              doing -> {},
              inbox(config, ports, member),
              Gate.open());
      threads.add(Thread.ofVirtual().name(member).start(agent));
    }
  }

  private static ScheduledExecutorService leases() {
    var timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("member leases").factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static Worker combiner(Ports ports, Simulation region, Pipeline pipeline) {
    Combiner combiner = new Combiner(ports, region.ports(), pipeline, Members::aMoment);
    return new Worker() {
      @Override
      public void work(Task task, Slots.Slot slot) {
        region.work(task, slot, combiner);
      }

      @Override
      public void decline(Task task, ErrorCode why) {
        combiner.decline(task, why);
      }
    };
  }

  private static void aMoment() {
    LockSupport.parkNanos(MOMENT.toNanos());
  }

  private static MemberState state(SimulationConfig config, String member) {
    return config
        .folder()
        .<MemberState>map(
            folder -> new FolderState(folder.resolve("members").resolve(member).resolve("state")))
        .orElseGet(MemoryState::new);
  }

  private static Inbox inbox(SimulationConfig config, Ports ports, String member) {
    return config
        .identities()
        .<Inbox>map(identities ->
            new SignedInbox(
                ports,
                identities.authority(),
                config
                    .folder()
                    .map(folder -> new Seen(folder.resolve("seen-" + member + ".json")))
                    .orElseGet(Seen::new)))
        .orElseGet(Inbox::plain);
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    leases.shutdownNow();
  }
}
