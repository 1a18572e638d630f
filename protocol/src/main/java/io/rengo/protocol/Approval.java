package io.rengo.protocol;

import io.rengo.core.Sha256;
import java.time.Instant;
import java.util.List;

/// A data owner's word for a job, as its member says it: what was approved, and when. Not who: that
/// is the member's own affair.
///
/// @param configuration hash of the model and training that were approved
public record Approval(String configuration, Instant at) {
  public Approval {
    if (!ObjectKeys.isSha256(configuration)) {
      throw new RengoException(
          ErrorCode.MANIFEST_INVALID,
          "«" + configuration + "» is no hash of a configuration",
          "approval.configuration",
          "Give the SHA-256 of model and training in lower-case hex");
    }
  }

  /// SHA-256, in hex, of what a job does with a member's data.
  public static String configuration(ModelSpec model, TrainingSpec training) {
    return Sha256.hex(Json.write(List.of(Json.tree(model), Json.tree(training))));
  }
}
