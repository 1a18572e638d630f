package io.rengo.cli;

/// How a command that follows a job ends.
final class Ending {
  private Ending() {}

  /// Follows the job to its end, and answers.
  static int follow(Follower follower, RoundTable table, Options options, World world) {
    JobState state = follower.follow(world.pause());
    answer(state, follower, table, options, world);
    return ExitStatus.of(state.state()).number();
  }

  /// Answers how the job stands.
  static int now(Follower follower, RoundTable table, Options options, World world) {
    answer(follower.look(), follower, table, options, world);
    return ExitStatus.OK.number();
  }

  private static void answer(
      JobState state, Follower follower, RoundTable table, Options options, World world) {
    table.line(text(state));
    RunAnswer.of(state, follower.reports())
        .with("reports", follower.reports())
        .print(options, world);
  }

  /// The last line about a job.
  static String text(JobState state) {
    return "job %s: %s after %d rounds%s%s"
        .formatted(
            state.job(),
            state.state().word(),
            state.rounds(),
            state.accuracy().map(" · accuracy %.4f"::formatted).orElse(""),
            state.reason().map(reason -> " · " + reason).orElse(""));
  }
}
