package io.rengo.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.Layout;
import java.nio.file.Path;
import java.util.function.Supplier;

/// Makes trainers of one kind; found by [java.util.ServiceLoader].
public interface TrainerProvider {
  /// What a trainer is made of.
  ///
  /// @param model the job file's `model`
  /// @param settings the job file's `training.settings`, this trainer's own
  /// @param member the agent's own settings for this trainer (`trainers.NAME` of its configuration)
  /// @param layout the model's layout
  /// @param data the member's data, read when it is first asked for
  /// @param scratch an empty folder of the trainer's own
  record Context(
      JsonNode model,
      JsonNode settings,
      JsonNode member,
      Layout layout,
      Supplier<MemberData> data,
      Path scratch) {}

  /// The name by which a job asks for this kind: `dense`, `dl4j`, `process`.
  String name();

  /// Whether its trainers can do what [LocalTraining#privacy] asks.
  default boolean trainsPrivately() {
    return false;
  }

  /// A trainer; throws [io.rengo.protocol.RengoException] with `TASK_INVALID` where the model is
  /// not one that it can train.
  Trainer open(Context context);
}
