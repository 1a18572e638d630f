package io.rengo.protocol;

import java.time.Instant;

/// What a member is asked to do in a round: the message in its queue.
///
/// @param version of this message, now 1
/// @param model where the model lies that the work begins from
/// @param update how the update is made of the training
/// @param seed of everything random in the member's training of this round
/// @param deadline after which the update comes too late
/// @param trust what the update must be
public record Task(
    int version,
    String federation,
    String job,
    int round,
    String member,
    Purpose purpose,
    ModelRef model,
    ModelSpec modelSpec,
    TrainingSpec training,
    UpdateSpec update,
    long seed,
    Instant deadline,
    Trust trust) {
  /// The version that this program writes and understands.
  public static final int VERSION = 1;

  public Task {
    if (version != VERSION) {
      throw new RengoException(
          ErrorCode.MESSAGE_INVALID,
          "the task is of version " + version + ", this program understands version " + VERSION,
          "task.version",
          "Let the agent and the deployment run the same version of Rengo");
    }
  }
}
