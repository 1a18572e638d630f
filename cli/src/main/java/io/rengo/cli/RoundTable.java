package io.rengo.cli;

import io.rengo.protocol.PrivacyReport;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RoundReport;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/// The table of a job's rounds, a row as each ends, and on a terminal a line below that says what
/// goes on now. Safe for use by several threads.
final class RoundTable {
  private static final String LEGEND =
      "loss: in training · accuracy: of the model that the round began with, on the members'"
          + " hold-outs";
  private static final String HEADER =
      "%5s  %6s  %8s  %4s  %7s  %7s  %8s  %8s  %7s"
          .formatted(
              "round",
              "cohort",
              "accepted",
              "late",
              "refused",
              "loss",
              "accuracy",
              "MB up",
              "seconds");
  private static final String WIPE = "\r\033[2K";

  private final Screen screen;
  private boolean begun;
  private boolean live;

  RoundTable(Screen screen) {
    this.screen = screen;
  }

  synchronized void row(RoundReport report) {
    begin();
    print(format(report));
    report.privacy().ifPresent(privacy -> print(spent(privacy)));
    if (hasVerdict(report)) {
      print("       " + report.reason().orElseThrow());
    }
    if (report.outcome() == RoundReport.Outcome.ABANDONED) {
      print(
          "       abandoned, the model is unchanged: " + report.reason().orElse("no reason given"));
    }
  }

  private static boolean hasVerdict(RoundReport report) {
    return report.outcome() == RoundReport.Outcome.EVALUATED && report.reason().isPresent();
  }

  private static String spent(PrivacyReport privacy) {
    return String.format(
        Locale.ROOT,
        "       epsilon %.4f of %s spent, per %s, %s, delta %s, noise multiplier %s, clipping norm %.4g",
        privacy.epsilon(),
        privacy.limit(),
        privacy.unit(),
        PrivacyTerms.word(privacy.adjacency()),
        privacy.delta(),
        privacy.noiseMultiplier(),
        privacy.clipNorm());
  }

  /// An update that does not count.
  synchronized void refusal(int round, Refusal refusal) {
    begin();
    print(
        screen
            .ansi()
            .string(
                "       round %d, %s: @|yellow %s|@ %s"
                    .formatted(round, refusal.member(), refusal.code(), refusal.what())));
  }

  /// What goes on now; shown on a terminal alone.
  synchronized void progress(String what) {
    if (screen.liveTerminal()) {
      live(WIPE + screen.ansi().string("@|faint " + what + "|@"));
      live = true;
    }
  }

  /// A line beside the table.
  synchronized void line(String text) {
    print(text);
  }

  /// Takes away the line that says what goes on.
  synchronized void wipe() {
    if (live) {
      live(WIPE);
      live = false;
    }
  }

  private void live(String text) {
    screen.live().print(text);
    screen.live().flush();
  }

  private void begin() {
    if (!begun) {
      begun = true;
      print(screen.ansi().string("@|faint " + LEGEND + "|@"));
      print(screen.ansi().string("@|bold " + HEADER + "|@"));
    }
  }

  private void print(String text) {
    wipe();
    PrintWriter out = screen.out();
    out.println(text);
    out.flush();
  }

  static String format(RoundReport report) {
    return "%5s  %6s  %8s  %4s  %7s  %7s  %8s  %8s  %7s"
        .formatted(
            switch (report.purpose()) {
              case TRAIN -> "" + report.round();
              case EVALUATE -> "final";
              case AUDIT -> "audit";
            },
            count(report, report.cohort()),
            count(report, report.accepted()),
            count(report, report.late()),
            count(report, report.refusals().size()),
            number("%.4f", report.loss()),
            number("%.4f", report.accuracy()),
            hidden(report) ? "-" : megabytes(report.bytes()),
            number("%.2f", Optional.of(report.seconds())));
  }

  /// A number of members, which is not released where the server's noise hides them.
  private static String count(RoundReport report, int number) {
    return hidden(report) ? "-" : Integer.toString(number);
  }

  private static boolean hidden(RoundReport report) {
    return report.privacy().filter(privacy -> privacy.mechanism().central()).isPresent();
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, bytes < 10_000_000 ? "%.3f" : "%.1f", bytes / 1e6);
  }

  private static String number(String format, Optional<Double> value) {
    return value.map(number -> String.format(Locale.ROOT, format, number)).orElse("-");
  }
}
