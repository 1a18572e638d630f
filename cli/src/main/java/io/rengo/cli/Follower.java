package io.rengo.cli;

import io.rengo.protocol.Refusal;
import io.rengo.protocol.RoundReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Follows a job to its end: rounds as they are recorded, refused updates as they come.
final class Follower {
  private final Jobs jobs;
  private final String job;
  private final RoundTable table;
  private final List<RoundReport> reports = new ArrayList<>();
  private final Set<String> refusals = new HashSet<>();

  Follower(Jobs jobs, String job, RoundTable table) {
    this.jobs = jobs;
    this.job = job;
    this.table = table;
  }

  /// Shows all that is new.
  ///
  /// @return where the job stood before, so that an end comes with all its rounds
  JobState look() {
    JobState state = jobs.find(job).orElseThrow(() -> JobErrors.unknown(job, "rengo watch"));
    for (RoundReport report : jobs.reports(job, last())) {
      refusals(report.round());
      reports.add(report);
      table.row(report);
      report.refusals().forEach(refusal -> refusal(report.round(), refusal));
    }
    // Late updates come after their round's report.
    refusals(last());
    if (!state.ended()) {
      jobs.open(job).ifPresent(this::progress);
    }
    return state;
  }

  /// Looks until the job has ended.
  JobState follow(Runnable pause) {
    JobState state = look();
    while (!state.ended()) {
      pause.run();
      state = look();
    }
    table.wipe();
    return state;
  }

  List<RoundReport> reports() {
    return List.copyOf(reports);
  }

  private int last() {
    return reports.isEmpty() ? 0 : reports.getLast().round();
  }

  private void refusals(int round) {
    if (round > 0) {
      jobs.refusals(job, round).forEach(refusal -> refusal(round, refusal));
    }
  }

  private void refusal(int round, Refusal refusal) {
    if (refusals.add(round + " " + refusal)) {
      table.refusal(round, refusal);
    }
  }

  private void progress(Jobs.OpenRound open) {
    refusals(open.round());
    table.progress(describe(open));
  }

  static String describe(Jobs.OpenRound open) {
    return "%s: %d of %d members have answered%s"
        .formatted(
            switch (open.purpose()) {
              case TRAIN -> "round " + open.round();
              case EVALUATE -> "evaluation";
              case AUDIT -> "audit";
            },
            open.accepted() + open.refused(),
            open.cohort(),
            open.refused() == 0 ? "" : ", " + open.refused() + " refused");
  }
}
