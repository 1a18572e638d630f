package io.rengo.cli;

import io.rengo.core.privacy.ScoreCounts;
import io.rengo.protocol.AuditReport;
import io.rengo.protocol.PrivacySpec;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The report of an audit as one page that needs nothing else: figures, curves, what they mean.
record AuditPage(AuditReport report, AuditFigures figures) {
  private static final double LEAST = 1e-4;
  private static final int GROUP = 8;

  String html() {
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>Audit of %1$s</title>
    <style>
    body {font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem}
    table {border-collapse: collapse; margin: 1rem 0} td, th {padding: .3rem .8rem; border-bottom: 1px solid #ccc; text-align: left}
    .kept {color: #176b2c} .beyond {color: #a11; font-weight: bold} img {max-width: 100%%}
    </style></head><body>
    <h1>What model %2$d of job %1$s remembers</h1>
    <p class="%3$s">%4$s</p>
    <p>%5$d members tried it on %6$d rows that it was trained on and %7$d that it was not. Counts left the members, no row did. %8$s</p>
    <h2>The job's limits</h2>
    <table><tr><th>limit</th><th>at most</th><th>found</th><th></th></tr>%9$s</table>
    <h2>Can a training row be told from another?</h2>
    <p>The share of training rows that an attack finds while it calls so many other rows training rows wrongly, with the 95 %% interval of Clopper and Pearson. Guessing finds as many as it calls wrongly.</p>
    <table><tr><th>attack</th><th>area</th><th>at 0.1 %%</th><th>at 1 %%</th><th>at 10 %%</th></tr>%10$s</table>
    %11$s
    <h2>Does it know its training rows better?</h2>
    <p>Accuracy %12$s on training rows, %13$s on others.</p>
    <h2>What could be read off the first updates?</h2>
    <p>%14$s</p>
    <h2>What this does not show</h2>
    <p>Attacks that find nothing prove nothing: others may find more, and attacks on a single member's updates are others again. A bound comes from differential privacy alone.</p>
    </body></html>
    """
        .formatted(
            report.job(),
            report.model().version(),
            report.passed() ? "kept" : "beyond",
            report.passed()
                ? "The model keeps the job's limits and may be promoted."
                : "The model is beyond the job's limits and may not be promoted.",
            report.members(),
            report.counts().training().examples(),
            report.counts().others().examples(),
            report.privacy().map(AuditPage::promise).orElse("The job promises no privacy."),
            report.findings().stream().map(AuditPage::row).collect(Collectors.joining()),
            figures.attacks().stream().map(AuditPage::row).collect(Collectors.joining()),
            pictures(),
            number(report.counts().training().accuracy().orElse(Double.NaN)),
            number(report.counts().others().accuracy().orElse(Double.NaN)),
            report
                .counts()
                .reading()
                .map(reading ->
                    AuditFigures.text(reading)
                        + ". A unit of the first layer changes its weights by the rows and its bias by their"
                        + " weights: divided, they give a row where one row moved the unit alone. Rows that"
                        + " were not in the update show how many seem to stand there by likeness.")
                .orElse(
                    "Not tried: the model has no dense first layer, or the first updates are gone."));
  }

  private static String promise(PrivacySpec privacy) {
    return "The job promises epsilon %s at delta %s by the mechanism %s, which does not cover these counts."
        .formatted(
            privacy.epsilon(),
            privacy.delta(),
            privacy.mechanism().name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static String row(AuditReport.Finding finding) {
    return "<tr><td>%s</td><td>%s</td><td>%s</td><td class=\"%s\">%s</td></tr>"
        .formatted(
            finding.limit(),
            finding.most(),
            finding.found().map(AuditPage::number).orElse("not measured"),
            finding.holds() ? "kept" : "beyond",
            finding.holds() ? "kept" : "beyond");
  }

  private static String row(AuditFigures.Attack attack) {
    return "<tr><td>%s</td><td>%s</td>%s</tr>"
        .formatted(
            attack.name(),
            number(attack.auc()),
            attack.points().stream()
                .map(point ->
                    "<td>%s (%s to %s)</td>"
                        .formatted(
                            number(point.rate()),
                            number(point.interval().low()),
                            number(point.interval().high())))
                .collect(Collectors.joining()));
  }

  private String pictures() {
    LineChart curves =
        new LineChart("Training rows found", "others called so wrongly", "share found")
            .logarithmic();
    curves.with("guessing", new double[] {LEAST, 1}, new double[] {LEAST, 1});
    figures.attacks().forEach(attack -> curve(curves, attack));
    return picture("true positives over false positives", curves)
        + figures.attacks().stream()
            .map(attack -> picture("scores of the attack by " + attack.name(), histogram(attack)))
            .collect(Collectors.joining());
  }

  /// The corners of the curve that a logarithmic picture can show.
  private static void curve(LineChart chart, AuditFigures.Attack attack) {
    double[][] points = attack.counts().curve();
    int[] shown =
        IntStream.range(0, points[0].length)
            .filter(i -> points[0][i] >= LEAST && points[1][i] >= LEAST)
            .toArray();
    if (shown.length > 0) {
      chart.with(
          attack.name(),
          IntStream.of(shown).mapToDouble(i -> points[0][i]).toArray(),
          IntStream.of(shown).mapToDouble(i -> points[1][i]).toArray());
    }
  }

  private static LineChart histogram(AuditFigures.Attack attack) {
    double[] x =
        IntStream.iterate(GROUP / 2, i -> i < ScoreCounts.BINS, i -> i + GROUP)
            .mapToDouble(i -> (i - ScoreCounts.BINS / 2) / 32.0)
            .toArray();
    return new LineChart("Scores by " + attack.name(), "asinh(score)", "share of rows")
        .with("training rows", x, grouped(attack.counts().members(), x.length))
        .with("others", x, grouped(attack.counts().others(), x.length));
  }

  private static double[] grouped(long[] counts, int groups) {
    double total = Math.max(1, IntStream.range(0, counts.length).mapToLong(i -> counts[i]).sum());
    double[] shares = new double[groups];
    for (int i = 0; i < counts.length; i++) {
      shares[Math.min(groups - 1, i / GROUP)] += counts[i] / total;
    }
    return shares;
  }

  private static String picture(String what, LineChart chart) {
    return "<p><img alt=\"%s\" src=\"data:image/png;base64,%s\"></p>"
        .formatted(what, Base64.getEncoder().encodeToString(chart.png()));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }
}
