package io.rengo.lambdas;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.core.Sha256;
import io.rengo.protocol.AcceptedUpdate;
import io.rengo.protocol.Approval;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.Versions;
import io.rengo.protocol.audit.Ledger;
import io.rengo.protocol.audit.Page.What;
import java.util.List;
import java.util.Optional;

/// What a job's ledger tells: who was selected, what was accepted and refused and why, which data
/// owners approved, the weights, the hashes of what went in and came out, what it cost in privacy,
/// as the round's report has it, and which code and state machines did it.
final class Audit {
  private final Ports ports;
  private final Job job;
  private final Versions versions;
  private final Ledger ledger;

  /// @param versions what runs here, for pages that tell of it
  Audit(Ports ports, Job job, Versions versions) {
    this.ports = ports;
    this.job = job;
    this.versions = versions;
    this.ledger =
        new Ledger(
            ports.objects(),
            job.id(),
            job.trust().signed() ? Optional.of(ports.signer()) : Optional.empty());
  }

  void started(String initialModelHash) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.set("members", Json.tree(job.members()));
    facts.set("trust", Json.tree(job.trust()));
    facts.put("model", initialModelHash);
    facts.put("configuration", Approval.configuration(job.spec().model(), job.spec().training()));
    facts.set("versions", Json.tree(versions));
    name(facts, job.keys().spec());
    ledger.add(0, ports.clock().instant(), What.STARTED, facts);
  }

  void round(RoundReport report, List<String> cohort, List<AcceptedUpdate> counted) {
    leave(report.round() - 1);
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.set("report", Json.tree(report));
    facts.set("selected", Json.tree(cohort));
    ArrayNode updates = facts.putArray("updates");
    for (AcceptedUpdate update : counted) {
      ObjectNode entry = updates.addObject();
      entry
          .put("member", update.member())
          .put("manifest", update.etag())
          .put("payload", update.payloadKey())
          .put("bytes", update.payloadSize())
          .put("examples", update.examples());
      update.approval().ifPresent(approval -> entry.set("approval", Json.tree(approval)));
    }
    facts.set("versions", Json.tree(versions));
    name(facts, job.keys().cohort(report.round()));
    name(facts, job.keys().accepted(report.round()));
    name(facts, job.keys().report(report.round()));
    if (report.purpose() == Purpose.AUDIT && report.outcome() == RoundReport.Outcome.EVALUATED) {
      name(facts, job.keys().audit());
    }
    ledger.add(report.round(), ports.clock().instant(), What.ROUND, facts);
  }

  /// A page for the filling of a buffer that is open still while the job goes on to its end.
  private void leave(int round) {
    if (round > 0 && job.spec().buffer().isPresent() && Job.round(ports, job.id(), round).open()) {
      left(round);
    }
  }

  /// A page for a round that was not taken part in, or not to its end.
  void left(int round) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.putObject("report").put("outcome", "left");
    ledger.add(round, ports.clock().instant(), What.ROUND, facts);
  }

  void finished(int rounds, FinishJob.Output result) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.set("result", Json.tree(result));
    name(facts, job.keys().result());
    ledger.finish(rounds + 1, ports.clock().instant(), facts);
  }

  /// Names an object with its hash, so that it cannot change behind the ledger.
  private void name(ObjectNode facts, String key) {
    facts
        .withArray("objects")
        .addObject()
        .put("key", key)
        .put("sha256", Sha256.hex(Job.content(ports.objects(), key)));
  }
}
