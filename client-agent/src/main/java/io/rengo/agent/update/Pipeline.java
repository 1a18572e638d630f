package io.rengo.agent.update;

import io.rengo.agent.state.MemberState;
import io.rengo.core.Layout;
import io.rengo.protocol.Approval;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.Put;
import io.rengo.protocol.Task;
import io.rengo.protocol.UpdateManifest;
import io.rengo.protocol.UpdateManifest.Payload;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;

/// The stages that an update passes, in this order: protection (clip, noise), encoding, sealing,
/// put.
public final class Pipeline {
  private final Protection protection;
  private final Encode encode;
  private final Seal seal;
  private final Outbox outbox;
  private final Function<Task, Optional<Approval>> approvals;

  /// @param state what the member keeps from one round to the next
  public Pipeline(ObjectStore objects, MemberState state, Protection protection, Seal seal) {
    this(objects, state, protection, seal, task -> Optional.empty());
  }

  /// @param approvals the data owner's word for a task's job, which goes with what is announced
  public Pipeline(
      ObjectStore objects,
      MemberState state,
      Protection protection,
      Seal seal,
      Function<Task, Optional<Approval>> approvals) {
    this.approvals = approvals;
    this.protection = protection;
    this.encode = new Encode(state);
    this.seal = seal;
    this.outbox = new Outbox(objects);
  }

  /// What was sent.
  ///
  /// @param delta the parameters' change as it left the member, before its encoding
  public record Sent(Payload payload, float[] delta) {}

  /// Sends the parameters' change of a training and says where it lies.
  ///
  /// @param delta the change; may be changed further in place
  /// @param vector what the job's algorithm lets the member send beside it; may be empty
  public Sent send(Task task, Layout layout, float[] delta, float[] vector) {
    float[] safe = protection.protect(task, delta);
    ByteBuffer payload =
        encode.encode(task, task.update().algorithm().layout(layout), Delta.join(safe, vector));
    return new Sent(outbox.putPayload(task, seal.seal(task, payload)), safe);
  }

  /// Announces an update, or the answer to a task that has none.
  public Put announce(Task task, UpdateManifest manifest) {
    UpdateManifest whole = approvals.apply(task).map(manifest::with).orElse(manifest);
    return outbox.putManifest(task, seal.sign(task, whole));
  }
}
