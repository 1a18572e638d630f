package io.rengo.cli;

import com.fasterxml.jackson.databind.JsonNode;
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

  /// A page in words.
  static List<String> tell(Page page) {
    JsonNode facts = page.facts();
    List<String> lines = new ArrayList<>();
    switch (page.what()) {
      case STARTED ->
          lines.add(
              "%s  started with %d members, model %.12s…"
                  .formatted(
                      page.at(), facts.path("members").size(), facts.path("model").asText()));
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
                    "    counted  %-20s %d examples, %d bytes"
                        .formatted(
                            update.path("member").asText(),
                            update.path("examples").asLong(),
                            update.path("bytes").asLong())));
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
