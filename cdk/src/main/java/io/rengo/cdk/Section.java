package io.rengo.cdk;

/// The parts of a job's objects that differ in who may touch them, as patterns of keys.
enum Section {
  /// What a job can be started from.
  JOB_FILE("jobs/*/job.*"),
  SPEC("jobs/*/job.json"),
  RESULT("jobs/*/result.json"),
  MODELS("jobs/*/models/*"),
  OPTIMIZER("jobs/*/optimizer/*"),
  COHORT("jobs/*/rounds/*/cohort.json"),
  ACCEPTED("jobs/*/rounds/*/accepted.json"),
  PLANS("jobs/*/rounds/*/plans/*"),
  MEASURES("jobs/*/rounds/*/measures/*"),
  WEIGHTS("jobs/*/rounds/*/weights/*"),
  FOLDS("jobs/*/rounds/*/folds/*"),
  MEMORY("jobs/*/rounds/*/memory/*"),
  CLIPPING("jobs/*/rounds/*/clipping.json"),
  NOISY("jobs/*/rounds/*/noisy/*"),
  AUDIT("jobs/*/audit.json"),
  LEDGER("jobs/*/ledger/*"),
  /// The list of revoked certificates, which the operator publishes.
  REVOKED("federation/crl.pem"),
  /// The members' newest certificates, which the operator publishes.
  CERTIFICATES("federation/certificates/*"),
  /// The certificate of the federation's signing key.
  COORDINATOR("federation/coordinator.pem"),
  REPORT("jobs/*/rounds/*/report.json"),
  HISTORY("jobs/*/rounds/*/history.json"),
  TASKED("jobs/*/rounds/*/tasked.json"),
  /// What a region sends upwards of a round.
  REGION("jobs/*/rounds/*/region/*"),
  COUNTED("jobs/*/rounds/*/counted.json"),
  UPDATES("jobs/*/rounds/*/updates/*");

  /// What a member's agent may write.
  static String updatesOf(String member) {
    return "jobs/*/rounds/*/updates/" + member + "/*";
  }

  /// Where a member's agent finds its renewed certificate.
  static String certificateOf(String member) {
    return "federation/certificates/" + member + ".pem";
  }

  /// A `*` of a pattern also stands for slashes; without this a member could hide a folder with
  /// another's name in its own. No key of ours looks so.
  static final String NESTED_UPDATES = "jobs/*/updates/*/updates/*";

  final String pattern;

  Section(String pattern) {
    this.pattern = pattern;
  }
}
