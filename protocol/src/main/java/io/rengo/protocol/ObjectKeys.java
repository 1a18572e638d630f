package io.rengo.protocol;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The keys of everything that a job stores: the only place that makes and parses them.
///
/// @param job the job's id
public record ObjectKeys(String job) {
  private static final Pattern JOB = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Pattern MANIFEST =
      Pattern.compile("jobs/([^/]+)/rounds/(\\d{6})/updates/([^/]+)/manifest\\.json");

  public ObjectKeys {
    if (!isJobId(job)) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "job id «" + job + "» is not of the form " + JOB,
          "job",
          "Use 1 to 64 letters, digits, hyphens and underscores, beginning with a letter or digit");
    }
  }

  /// Where the update of a member to a round lies.
  public record UpdateId(String job, int round, String member) {}

  /// Whether a job may have this id.
  public static boolean isJobId(String job) {
    return JOB.matcher(job).matches();
  }

  /// Whose manifest a key names, or empty where it is the key of something else.
  public static Optional<UpdateId> parseManifest(String key) {
    Matcher matcher = MANIFEST.matcher(key);
    return matcher.matches() && isJobId(matcher.group(1))
        ? Optional.of(
            new UpdateId(matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3)))
        : Optional.empty();
  }

  /// The job file as the job runs it, with every default filled in.
  public String spec() {
    return "jobs/%s/job.json".formatted(job);
  }

  /// What the job came to.
  public String result() {
    return "jobs/%s/result.json".formatted(job);
  }

  /// The model of a version; version 0 is the initial model.
  public String model(int version) {
    return "jobs/%s/models/%06d.safetensors".formatted(job, version);
  }

  /// The pointer to the newest model.
  public String latestModel() {
    return "jobs/%s/models/latest.json".formatted(job);
  }

  /// The server optimiser's state beside the model of a version, for one shard.
  public String optimizerState(int version, int shard) {
    return "jobs/%s/optimizer/%06d/%06d".formatted(job, version, shard);
  }

  /// The members selected for a round.
  public String cohort(int round) {
    return round(round) + "/cohort.json";
  }

  /// The updates that a closed round is made of.
  public String accepted(int round) {
    return round(round) + "/accepted.json";
  }

  /// What aggregation has to do; a later revision leaves out more updates.
  public String plan(int round, int revision) {
    return round(round) + "/plans/%03d.json".formatted(revision);
  }

  /// The folded updates of one shard.
  public String fold(int round, int revision, int shard) {
    return round(round) + "/folds/%03d/%06d".formatted(revision, shard);
  }

  /// What a round came to.
  public String report(int round) {
    return round(round) + "/report.json";
  }

  /// What the past rounds say of each member, after this round.
  public String history(int round) {
    return round(round) + "/history.json";
  }

  /// A member's update: put last, it announces the payload.
  public String manifest(int round, String member) {
    return updates(round) + member + "/manifest.json";
  }

  /// The parameters of an update: the hash in the key lets a member that starts again put another
  /// payload without touching the first.
  public String payload(int round, String member, String sha256) {
    return updates(round) + member + "/" + sha256 + ".safetensors";
  }

  /// What the keys of a round's updates begin with.
  public String updates(int round) {
    return round(round) + "/updates/";
  }

  private String round(int round) {
    return "jobs/%s/rounds/%06d".formatted(job, round);
  }
}
