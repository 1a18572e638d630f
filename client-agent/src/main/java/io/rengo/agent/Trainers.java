package io.rengo.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.rengo.core.Layout;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.PrivacySpec;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import java.util.Optional;
import java.util.function.Supplier;

/// The trainer of the job at hand, kept from one round to the next.
final class Trainers {
  /// A job's trainer and the layout of its model.
  record Opened(String job, Layout layout, Trainer trainer) {}

  private final TaskWorker.Member member;
  private Optional<Opened> opened = Optional.empty();

  Trainers(TaskWorker.Member member) {
    this.member = member;
  }

  /// The trainer of the task's job; that of another job is closed.
  Opened of(Task task) {
    Opened job =
        opened
            .filter(present -> present.job().equals(task.job()))
            .orElseGet(() -> {
              opened.ifPresent(former -> former.trainer().close());
              Layout layout = task.modelSpec().layout();
              return new Opened(task.job(), layout, open(task, layout, member.data()));
            });
    opened = Optional.of(job);
    return job;
  }

  private static TrainerProvider able(TrainerProvider provider, Task task) {
    boolean asked =
        task.privacy()
            .filter(privacy -> privacy.mechanism() == PrivacySpec.Mechanism.DP_SGD)
            .isPresent();
    if (asked && !provider.trainsPrivately()) {
      throw new RengoException(
          ErrorCode.TASK_INVALID,
          "the trainer «" + provider.name() + "» cannot hide single examples",
          "privacy.mechanism of job " + task.job(),
          "Use training.trainer: dense, whose models are mlp and cnn, or mechanism: local");
    }
    return provider;
  }

  /// A trainer for the task's job over other data, which whoever asks closes.
  Trainer open(Task task, Layout layout, MemberData data) {
    return open(task, layout, () -> data);
  }

  private Trainer open(Task task, Layout layout, Supplier<MemberData> data) {
    String name = task.training().trainer();
    return Optional.ofNullable(member.trainers().get(name))
        .map(provider -> able(provider, task))
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.TASK_INVALID,
                "this agent has no trainer «" + name + "»",
                "training.trainer of job " + task.job(),
                "Use one of " + member.trainers().keySet()))
        .open(
            new TrainerProvider.Context(
                Json.tree(task.modelSpec()),
                task.training().settings(),
                member.settings().getOrDefault(name, JsonNodeFactory.instance.objectNode()),
                layout,
                data,
                member.scratch()));
  }
}
