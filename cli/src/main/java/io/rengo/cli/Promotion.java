package io.rengo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.AuditReport;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelRef;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.StoredObject;
import io.rengo.protocol.RengoException;
import java.util.Optional;
import java.util.stream.Collectors;

/// The gate before a model is promoted.
final class Promotion {
  private Promotion() {}

  /// What the members' audit found, or empty where there was none.
  static Optional<AuditReport> audit(ObjectStore objects, String job) {
    String key = new ObjectKeys(job).audit();
    return objects.get(key).map(object -> Json.read(object.content(), AuditReport.class, key));
  }

  /// Points to the job's last model as the promoted one. Throws with `PROMOTION_REFUSED` where it
  /// may not be.
  ///
  /// @param unaudited whether one that nobody audited may be, where the job asked for no audit
  static ModelRef promote(ObjectStore objects, JobState state, boolean unaudited) {
    String job = state.job();
    if (state.state() != JobState.State.COMPLETED) {
      throw refused(job, "the job is " + state.state().word(), "Promote models of completed jobs");
    }
    ModelRef model =
        Models.latest(objects, job).orElseThrow(() -> JobErrors.noModel(job, "any number"));
    Optional<AuditReport> audit = audit(objects, job);
    if (audit.isEmpty() && (!unaudited || asksForAudit(objects, job))) {
      throw unaudited(job);
    }
    audit.ifPresent(report -> check(report, model));
    String key = new ObjectKeys(job).promotedModel();
    point(objects, key, model);
    return model;
  }

  private static void point(ObjectStore objects, String key, ModelRef model) {
    if (!objects.compareAndSwap(key, objects.get(key).map(StoredObject::etag), Json.bytes(model))) {
      throw new RengoException(
          ErrorCode.CONFLICT, "somebody else promoted a model meanwhile", key, "Try again");
    }
  }

  private static void check(AuditReport report, ModelRef model) {
    if (!report.model().equals(model)) {
      throw refused(
          report.job(),
          "version %d was audited, the last is %d"
              .formatted(report.model().version(), model.version()),
          "Run the job again with the section `audit`");
    }
    if (!report.passed()) {
      throw refused(
          report.job(),
          report.beyond().stream()
              .map(AuditReport.Finding::toString)
              .collect(Collectors.joining("; ")),
          "Train with privacy, fewer rounds or more data; `rengo model audit` shows the curves");
    }
  }

  private static boolean asksForAudit(ObjectStore objects, String job) {
    String key = new ObjectKeys(job).spec();
    return objects
        .get(key)
        .map(object -> Json.read(object.content(), JsonNode.class, key))
        .filter(stored -> stored.path("spec").path("audit").isObject())
        .isPresent();
  }

  static RengoException unaudited(String job) {
    return refused(
        job,
        "nobody has audited the model",
        "Add the section `audit` to the job file, and data.hold-out at the members");
  }

  private static RengoException refused(String job, String what, String mend) {
    return new RengoException(ErrorCode.PROMOTION_REFUSED, what, "job " + job, mend);
  }
}
