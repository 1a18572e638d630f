package io.rengo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.rengo.identity.SafeFiles;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.RoundReport;
import io.rengo.protocol.TrustKeys;
import io.rengo.protocol.audit.LedgerReader;
import io.rengo.protocol.audit.Page;
import io.rengo.protocol.trust.Pem;
import io.rengo.protocol.trust.Verifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A job's ledger, as commands read it.
final class Ledgers {
  private Ledgers() {}

  /// The pages of a ledger that is whole.
  static List<Page> verify(Jobs jobs, String job, Optional<Path> authority) {
    JobState state = jobs.find(job).orElseThrow(() -> JobErrors.unknown(job, "this place"));
    List<RoundReport> reports = jobs.reports(job, 0);
    int rounds = reports.isEmpty() ? 0 : reports.getLast().round();
    boolean finished = state.state() == JobState.State.COMPLETED;
    return jobs.objects(
        job,
        objects ->
            new LedgerReader(objects, job, authority.map(file -> verifier(objects, file)))
                .verify(rounds, finished));
  }

  /// A data owner's word for the job, as its member says it.
  private static String approval(JsonNode approval) {
    return approval.isMissingNode() || approval.isNull()
        ? ""
        : ", approved at %s for configuration %.12s…"
            .formatted(approval.path("at").asText(), approval.path("configuration").asText());
  }

  private static Verifier verifier(ObjectStore objects, Path authority) {
    String revoked =
        objects
            .get(TrustKeys.REVOKED)
            .map(object -> StandardCharsets.US_ASCII.decode(object.content()).toString())
            .orElseThrow(() ->
                new RengoException(
                    ErrorCode.OBJECT_MISSING,
                    "there is no list of revoked certificates",
                    TrustKeys.REVOKED,
                    "Let the operator run `rengo federation publish`"));
    return new Verifier(
        Pem.certificate(SafeFiles.read(authority), authority.toString()),
        Pem.crl(revoked, TrustKeys.REVOKED));
  }

  /// Pages in words. What ran is told where it changes.
  static List<String> tell(List<Page> pages) {
    List<String> lines = new ArrayList<>();
    JsonNode before = MissingNode.getInstance();
    for (Page page : pages) {
      lines.addAll(tell(page));
      JsonNode versions = page.facts().path("versions");
      if (!versions.isMissingNode() && !versions.equals(before)) {
        lines.add(
            "    by code %.12s…, definitions of the state machines %.12s…"
                .formatted(
                    versions.path("code").asText("unknown"),
                    versions.path("definitions").asText("unknown")));
        before = versions;
      }
    }
    return lines;
  }

  private static List<String> tell(Page page) {
    JsonNode facts = page.facts();
    List<String> lines = new ArrayList<>();
    switch (page.what()) {
      case STARTED ->
          lines.add(
              "%s  started with %d members, model %.12s…, configuration %.12s…"
                  .formatted(
                      page.at(),
                      facts.path("members").size(),
                      facts.path("model").asText(),
                      facts.path("configuration").asText()));
      case ROUND -> {
        JsonNode report = facts.path("report");
        lines.add(
            "%s  round %d %s: %d selected, %d counted, %d refused, %d late, model %d %.12s…"
                .formatted(
                    page.at(),
                    page.number(),
                    report.path("outcome").asText(),
                    facts.path("selected").size(),
                    facts.path("updates").size(),
                    report.path("refusals").size(),
                    report.path("late").asInt(),
                    report.at("/model/version").asInt(),
                    report.at("/model/hash").asText()));
        facts
            .path("updates")
            .forEach(update ->
                lines.add(
                    "    counted  %-20s %d examples, %d bytes%s"
                        .formatted(
                            update.path("member").asText(),
                            update.path("examples").asLong(),
                            update.path("bytes").asLong(),
                            approval(update.path("approval")))));
        report
            .path("refusals")
            .forEach(refusal ->
                lines.add(
                    "    refused  %-20s %s: %s"
                        .formatted(
                            refusal.path("member").asText(),
                            refusal.path("code").asText(),
                            refusal.path("what").asText())));
        report.path("scores").forEach(score -> lines.add("    scored   " + score));
      }
      case FINISHED ->
          lines.add(
              "%s  %s after %d rounds"
                  .formatted(
                      page.at(),
                      facts.at("/result/state").asText(),
                      facts.at("/result/rounds").asInt()));
    }
    return lines;
  }
}
