package io.rengo.protocol;

import io.rengo.core.algorithm.ClientAlgorithm;
import io.rengo.core.codec.Encoding;

/// How a member makes an update of its training, and where the state stands that it keeps for it.
///
/// @param algorithm what the member does beside training
/// @param encoding how the values are written
/// @param counted the last round of which an update of this member is in a published model, 0 for
///   none: the state that the member kept then is the one to go on from
public record UpdateSpec(ClientAlgorithm algorithm, Encoding encoding, int counted) {
  public UpdateSpec {
    if (counted < 0) {
      throw new RengoException(
          ErrorCode.MESSAGE_INVALID,
          "an update of round " + counted + " cannot have counted",
          "task.update.counted",
          "Let the agent and the deployment run the same version of Rengo");
    }
  }
}
