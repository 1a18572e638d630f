package io.rengo.protocol;

import java.util.regex.Pattern;

/// The names of a federation's resources: the only place that makes them.
///
/// @param name 1 to 20 lower-case letters, digits and hyphens, beginning with a letter; without
///   `-member`, by which the names of its queues could be another federation's
public record Federation(String name) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,19}");
  private static final Pattern MEMBER = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  public Federation {
    if (!NAME.matcher(name).matches() || (name + "-").contains("-member-")) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "federation name «" + name + "» is not of the form " + NAME,
          "federation",
          "Use 1 to 20 lower-case letters, digits and hyphens, without «-member»");
    }
  }

  /// Whether a member may have this name: 1 to 40 lower-case letters, digits and hyphens.
  public static boolean isMemberName(String member) {
    return MEMBER.matcher(member).matches();
  }

  static String requireMemberName(String member) {
    if (!isMemberName(member)) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "«" + member + "» is not a member's name",
          "member",
          "Use 1 to 40 lower-case letters, digits and hyphens, beginning with a letter or digit");
    }
    return member;
  }

  /// What every resource's name begins with.
  public String prefix() {
    return "rengo-" + name;
  }

  /// The queue that a member takes its tasks from.
  public String memberQueue(String member) {
    return prefix() + "-member-" + requireMemberName(member);
  }

  /// The queue that brings the events of stored updates.
  public String eventQueue() {
    return prefix() + "-events";
  }

  /// The name of the key that wraps the keys of updates.
  public String updatesKey() {
    return "alias/" + prefix() + "-updates";
  }

  /// The name of the key that the federation's functions sign with.
  public String signingKey() {
    return "alias/" + prefix() + "-signer";
  }

  /// The table of records.
  public String table() {
    return prefix();
  }

  /// The state machine of jobs.
  public String jobStateMachine() {
    return prefix() + "-job";
  }

  /// The state machine of rounds.
  public String roundStateMachine() {
    return prefix() + "-round";
  }

  /// The state machine of asynchronous jobs, which fill a buffer.
  public String bufferStateMachine() {
    return prefix() + "-buffer";
  }

  /// The state machine of a region's part of a round.
  public String regionStateMachine() {
    return prefix() + "-region";
  }

  /// The function of a workflow step.
  public String function(String step) {
    return prefix() + "-" + step;
  }
}
