package io.rengo.lambdas;

import io.rengo.core.SplitMix64;
import io.rengo.protocol.Counted;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.Json;
import io.rengo.protocol.KeyContext;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Progress;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.RegionTask;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundKey;
import io.rengo.protocol.RoundRecord;
import io.rengo.protocol.Task;
import io.rengo.protocol.UpdateSpec;
import io.rengo.protocol.trust.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Puts a task into the queue of every selected member that has not answered yet. A member whose
/// queue does not exist is left out, as long as enough others are left.
final class DispatchTasks implements Step<DispatchTasks.Input, DispatchTasks.Output> {
  record Input(String job, int round) {}

  /// @param unreachable members without a queue
  record Output(int dispatched, List<String> unreachable) {}

  private final Ports ports;
  private final Federation federation;
  private final boolean presigned;

  /// @param presigned whether some members can only seal to a key of the round
  DispatchTasks(Ports ports, Federation federation, boolean presigned) {
    this.ports = ports;
    this.federation = federation;
    this.presigned = presigned;
  }

  @Override
  public Output run(Input input) {
    Job job = Job.load(ports, input.job());
    Progress progress = Job.progress(ports, input.job());
    RoundRecord round = Job.round(ports, input.job(), input.round());
    List<String> cohort = Cohort.load(ports.objects(), job.keys().cohort(input.round())).members();
    Set<String> answered = answered(input);
    Instant deadline = round.opened().plus(job.spec().deadline(round.purpose()));
    List<String> waiting =
        job.spec().buffer().isPresent() && round.purpose() == Purpose.TRAIN
            ? AtWork.toAsk(ports, job, input.round(), cohort, round, deadline)
            : cohort.stream().filter(member -> !answered.contains(member)).toList();
    Counted counted = Counting.before(ports, job, input.round());
    Optional<RoundKey> roundKey =
        presigned && job.trust().sealed() && !waiting.isEmpty()
            ? Optional.of(
                RoundKey.make(
                    ports.keys(), KeyContext.ofRound(federation.name(), job.id(), input.round())))
            : Optional.empty();
    Set<String> unreachable = new TreeSet<>();
    List<Runnable> sends = new ArrayList<>();
    for (String member : waiting) {
      Task task = task(job, progress, round, counted, input.round(), member, deadline, roundKey);
      sends.add(() -> {
        try {
          ports.queues().send(federation.memberQueue(member), message(task));
        } catch (RengoException e) {
          if (e.code() != ErrorCode.QUEUE_MISSING) {
            throw e;
          }
          synchronized (unreachable) {
            unreachable.add(member);
          }
        }
      });
    }
    Concurrently.run(sends);
    if (cohort.size() - unreachable.size() < Math.min(round.quorum(), cohort.size())) {
      throw new RengoException(
          ErrorCode.QUEUE_MISSING,
          "the members %s have no task queue, and without them the quorum of %d is out of reach"
              .formatted(unreachable, round.quorum()),
          "round " + input.round() + " of job " + input.job(),
          "Deploy the federation with these members, or take them off its list");
    }
    return new Output(waiting.size() - unreachable.size(), List.copyOf(unreachable));
  }

  private Set<String> answered(Input input) {
    return ports
        .records()
        .list(RecordKeys.roundPartition(input.job(), input.round()), RecordKeys.ACCEPTED)
        .stream()
        .map(StoredRecord::key)
        .map(key -> key.sort().substring(RecordKeys.ACCEPTED.length()))
        .collect(Collectors.toSet());
  }

  private Task task(
      Job job,
      Progress progress,
      RoundRecord round,
      Counted counted,
      int number,
      String member,
      Instant deadline,
      Optional<RoundKey> roundKey) {
    ModelRef model = progress.model();
    return new Task(
        Task.VERSION,
        federation.name(),
        job.id(),
        number,
        member,
        round.purpose(),
        model,
        job.spec().model(),
        job.spec().training(),
        new UpdateSpec(job.spec().algorithm(), job.spec().encoding(), counted.round(member)),
        SplitMix64.seed(progress.seed(), "train", Integer.toString(number), member),
        deadline,
        round.cohort(),
        job.shardBytes(),
        job.trust(),
        job.spec().privacy(),
        RegionTask.of(job.spec(), progress.seed()),
        job.spec().audit(),
        job.spec().downlink(),
        roundKey);
  }

  private String message(Task task) {
    String text = Json.write(task);
    return task.trust().signed() ? Json.write(ports.signer().sign(Kind.TASK, text)) : text;
  }
}
