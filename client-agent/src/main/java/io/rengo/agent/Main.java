package io.rengo.agent;

import io.rengo.agent.access.Presigned;
import io.rengo.agent.data.DataLoader;
import io.rengo.agent.privacy.LocalNoise;
import io.rengo.agent.privacy.MemberBudget;
import io.rengo.agent.region.Combiner;
import io.rengo.agent.state.FolderModel;
import io.rengo.agent.state.FolderState;
import io.rengo.agent.state.MemberState;
import io.rengo.agent.trust.Approvals;
import io.rengo.agent.trust.Gate;
import io.rengo.agent.trust.Inbox;
import io.rengo.agent.trust.OwnCertificate;
import io.rengo.agent.trust.Policy;
import io.rengo.agent.trust.Renewal;
import io.rengo.agent.trust.Seen;
import io.rengo.agent.trust.SignedInbox;
import io.rengo.agent.update.KeySeal;
import io.rengo.agent.update.Pipeline;
import io.rengo.agent.update.Protection;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.Ports;
import io.rengo.protocol.PortsProvider;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.Signer;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The agent as a process: `rengo-agent --config agent.yaml`. SIGTERM lets the task at hand finish
/// within the grace time; what is not finished by then returns to its queue. Exit status: 0 after a
/// stop, 2 where the configuration is wrong, 1 otherwise.
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final String USAGE =
      """
      usage: rengo-agent --config FILE
             rengo-agent approve JOB --config FILE

      Works for one member of a federation: takes tasks from the member's queue, trains on the
      member's data, sends updates. Needs outbound HTTPS only. FILE is YAML:
        federation: NAME        member: NAME        data: {...}
        trust: {...}            policy: FILE            region: {...}
        presigned: URL          (needs no AWS credentials)
      or `env:NAME` for a variable that holds its text.
      `approve` lets a job to the data where the policy demands it.
      AWS is reached by the default credentials and region; RENGO_BUCKET and RENGO_TABLE name the
      federation's bucket and table where they are not the standard ones.\
      """;

  private Main() {}

  public static void main(String[] arguments) {
    if (arguments.length == 1 && arguments[0].equals("--help")) {
      System.out.println(USAGE);
      return;
    }
    boolean approval =
        arguments.length == 4 && arguments[0].equals("approve") && arguments[2].equals("--config");
    if (!approval && (arguments.length != 2 || !arguments[0].equals("--config"))) {
      System.err.println(USAGE);
      System.exit(2);
    }
    try {
      if (approval) {
        approve(arguments[1], AgentConfig.read(arguments[3], System.getenv()));
      } else {
        run(AgentConfig.read(arguments[1], System.getenv()), System.getenv());
      }
    } catch (RengoException e) {
      LOG.error("{}", e.getMessage());
      System.err.println("rengo-agent: " + e.getMessage());
      System.exit(e.code() == ErrorCode.CONFIG_INVALID ? 2 : 1);
    }
  }

  private static void run(AgentConfig config, Map<String, String> environment) {
    Map<String, String> variables = new TreeMap<>(environment);
    variables.put("RENGO_FEDERATION", config.federation());
    Optional<OwnCertificate> own =
        config.trust().map(trust -> trust.own(config.work().resolve("member.pem")));
    Ports ports =
        config
            .presigned()
            .map(address -> presigned(address, config, own))
            .orElseGet(() -> PortsProvider.fromEnvironment(variables));
    var timer =
        Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().name("lease").factory());
    Optional<Renewal> renewal =
        own.map(certificate -> new Renewal(certificate, ports.objects(), ports.clock()));
    renewal.ifPresent(Main::lookAfter);
    Health health =
        config
            .health()
            .<Health>map(file -> new HealthFile(file, ports.clock(), () -> health(renewal)))
            .orElse(doing -> {});
    MemberBudget budget =
        MemberBudget.in(
            config.work().resolve("privacy.json"),
            config.privacy().map(MemberBudget.Written::limit));
    Agent agent =
        new Agent(
            ports,
            new Federation(config.federation()),
            config.member(),
            worker(ports, config, budget, own, environment),
            new Slots(1),
            new Lease.Keeper(
                ports.queues(), timer, health, Duration.ofSeconds(config.leaseSeconds())),
            health,
            inbox(ports, config),
            gate(ports, config));
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(agent, done, config)));
    LOG.info("agent of member {} of federation {}", config.member(), config.federation());
    try {
      agent.run();
    } finally {
      done.countDown();
    }
  }

  private static void stop(Agent agent, CountDownLatch done, AgentConfig config) {
    agent.stop();
    try {
      if (!done.await(Math.max(0, config.graceSeconds() - 2), TimeUnit.SECONDS)) {
        agent.returnTask();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Looks at the certificate now and each hour; a thread of its own, so that a service that is
  /// slow to answer holds up no task.
  private static void lookAfter(Renewal renewal) {
    Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().name("renewal").factory())
        .scheduleWithFixedDelay(renewal, 0, 1, TimeUnit.HOURS);
  }

  private static Map<String, ?> health(Optional<Renewal> renewal) {
    return renewal.map(of -> Map.of("certificate", of.health())).orElse(Map.of());
  }

  /// Trains, or has the region's own members do it.
  private static Worker worker(
      Ports ports,
      AgentConfig config,
      MemberBudget budget,
      Optional<OwnCertificate> own,
      Map<String, String> environment) {
    Pipeline pipeline = pipeline(ports, config, budget, own);
    return config
        .region()
        .<Worker>map(region ->
            new Combiner(
                ports,
                PortsProvider.fromEnvironment(region.variables(environment)),
                pipeline,
                Main::aMoment))
        .orElseGet(() -> new TaskWorker(ports, member(config, budget), pipeline));
  }

  private static Ports presigned(URI address, AgentConfig config, Optional<OwnCertificate> own) {
    return Presigned.ports(address, config.federation(), own.orElseThrow(), InstantSource.system());
  }

  private static Pipeline pipeline(
      Ports ports, AgentConfig config, MemberBudget budget, Optional<OwnCertificate> own) {
    return new Pipeline(
        ports.objects(),
        state(config),
        Protection.inOrder(List.of(new LocalNoise(budget))),
        new KeySeal(
            config.presigned().isPresent() ? Optional.empty() : Optional.of(ports.keys()),
            own.map(Signer.class::cast),
            new SecureRandom()),
        task -> approvals(config).of(task));
  }

  private static Inbox inbox(Ports ports, AgentConfig config) {
    return config
        .trust()
        .<Inbox>map(trust ->
            new SignedInbox(
                ports, trust.authorityCertificate(), new Seen(config.work().resolve("seen.json"))))
        .orElseGet(Inbox::plain);
  }

  private static Gate gate(Ports ports, AgentConfig config) {
    Policy policy = config.policy().map(Policy::read).orElse(Policy.OPEN);
    return new Gate(
        policy,
        policy
            .approval()
            .filter(Policy.Approval.REQUIRED::equals)
            .map(required -> approvals(config)),
        ports.clock(),
        ZoneId.systemDefault(),
        Main::aMoment);
  }

  private static Approvals approvals(AgentConfig config) {
    return new Approvals(config.work().resolve("approvals"));
  }

  private static void aMoment() {
    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
  }

  /// The data owner's word: `approve JOB --config FILE`.
  private static void approve(String job, AgentConfig config) {
    Approvals.Asked asked = approvals(config).approve(job, Instant.now());
    System.out.println(
        "approved job %s: trainer %s, configuration %s"
            .formatted(asked.job(), asked.trainer(), asked.configuration()));
  }

  private static MemberState state(AgentConfig config) {
    return new FolderState(config.work().resolve("state"));
  }

  private static TaskWorker.Member member(AgentConfig config, MemberBudget budget) {
    Map<String, TrainerProvider> trainers = new TreeMap<>();
    ServiceLoader.load(TrainerProvider.class)
        .forEach(provider -> trainers.put(provider.name(), provider));
    return new TaskWorker.Member(
        trainers,
        config.trainers(),
        () ->
            DataLoader.load(
                config
                    .data()
                    .orElseThrow(() ->
                        new RengoException(
                            ErrorCode.CONFIG_INVALID,
                            "the agent has no data",
                            "data",
                            "Add the section `data` to the agent's configuration")),
                config.folder()),
        config.work(),
        state(config),
        new SharedModel(),
        new FolderModel(config.work().resolve("models")),
        budget);
  }
}
