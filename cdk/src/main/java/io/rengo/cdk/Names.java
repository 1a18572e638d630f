package io.rengo.cdk;

import java.util.regex.Pattern;

/// The names of a federation's resources. The programs that run in it make the same names from the
/// federation's, so they need no other configuration.
///
/// @param federation 1 to 20 lower-case letters, digits and hyphens, beginning with a letter
record Names(String federation) {
  private static final Pattern FEDERATION = Pattern.compile("[a-z][a-z0-9-]{0,19}");

  /// The alias of a function's published version.
  static final String ALIAS = "live";

  /// Who stands for the round itself in the encryption context of its key.
  static final String ROUND = "(round)";

  private static final Pattern MEMBER = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  Names {
    if (!FEDERATION.matcher(federation).matches()) {
      throw new IllegalArgumentException(
          "federation «"
              + federation
              + "» is not of the form "
              + FEDERATION
              + " (at context federation). Use 1 to 20 lower-case letters, digits and hyphens.");
    }
  }

  static boolean isMemberName(String member) {
    return MEMBER.matcher(member).matches();
  }

  String prefix() {
    return "rengo-" + federation;
  }

  String stack(String part) {
    return prefix() + "-" + part;
  }

  /// Bucket names are one for the whole world: the account and the region make it ours.
  String bucket(String account, String region) {
    return prefix() + "-" + account + "-" + region;
  }

  String table() {
    return prefix();
  }

  String memberQueue(String member) {
    return prefix() + "-member-" + member;
  }

  String eventQueue() {
    return prefix() + "-events";
  }

  /// Where messages go that a queue could not get rid of.
  String deadLetterQueue(String queue) {
    return queue + "-dead";
  }

  String function(String step) {
    return prefix() + "-" + step;
  }

  String jobStateMachine() {
    return prefix() + "-job";
  }

  String roundStateMachine() {
    return prefix() + "-round";
  }

  String bufferStateMachine() {
    return prefix() + "-buffer";
  }

  String regionStateMachine() {
    return prefix() + "-region";
  }

  /// The key that wraps the keys of updates; agents know it by this name.
  String updatesKey() {
    return "alias/" + prefix() + "-updates";
  }

  /// The key that the federation's functions sign with; they know it by this name.
  String signingKey() {
    return "alias/" + prefix() + "-signer";
  }

  /// Roles are one set for all regions of an account.
  String functionRole(String step, String region) {
    return function(step) + "-" + region;
  }

  String functionLogs(String step) {
    return "/aws/lambda/" + function(step);
  }

  /// The prefix is the one that keeps the log delivery's resource policy short.
  String stateMachineLogs(String stateMachine) {
    return "/aws/vendedlogs/states/" + stateMachine;
  }

  String agentLogs() {
    return fleetLogs("agents");
  }

  String flowLogs() {
    return fleetLogs("network");
  }

  String fleetLogs(String part) {
    return "/rengo/" + federation + "/" + part;
  }

  /// What a member's organisation must say when it takes its role.
  String externalId(String member) {
    return prefix() + "-" + member;
  }
}
