package io.rengo.protocol;

import java.time.Instant;
import java.util.Optional;

/// What a member is asked to do in a round: the message in its queue.
///
/// @param version of this message, now 1
/// @param model where the model lies that the work begins from
/// @param update how the update is made of the training
/// @param seed of everything random in the member's training of this round
/// @param deadline after which the update comes too late
/// @param cohort how many members are asked in this round
/// @param shardBytes bytes of parameters in a shard, over which the model's hash is made
/// @param trust what the update must be
/// @param privacy what the job promises, for the member to keep its part
/// @param region what a region's combiner needs beside it, where members may be regions
/// @param audit what is to be tried of the job's last model, for the member to be ready
/// @param downlink how the model may be fetched
/// @param roundKey what a member without a key service seals to, where the federation has such
///   members
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
    int cohort,
    long shardBytes,
    Trust trust,
    Optional<PrivacySpec> privacy,
    Optional<RegionTask> region,
    Optional<AuditSpec> audit,
    Downlink downlink,
    Optional<RoundKey> roundKey) {
  /// A task for members that are no regions and fetch the whole model.
  public Task(
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
      int cohort,
      long shardBytes,
      Trust trust,
      Optional<PrivacySpec> privacy) {
    this(
        version,
        federation,
        job,
        round,
        member,
        purpose,
        model,
        modelSpec,
        training,
        update,
        seed,
        deadline,
        cohort,
        shardBytes,
        trust,
        privacy,
        Optional.empty(),
        Optional.empty(),
        Downlink.FULL,
        Optional.empty());
  }

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
