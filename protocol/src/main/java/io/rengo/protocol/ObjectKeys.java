package io.rengo.protocol;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The keys of everything that a job stores: the only place that makes and parses them. No name
/// that comes from outside can leave its place in them: job ids, members and hashes are checked,
/// and numbers are 0 to 999,999, written with six digits so that keys sort as numbers do.
///
/// @param job the job's id
public record ObjectKeys(String job) {
  private static final Pattern JOB = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int MOST = 999_999;
  private static final Pattern MANIFEST =
      Pattern.compile("jobs/([^/]+)/rounds/(\\d{6})/updates/([^/]+)/manifest\\.json");
  private static final Pattern LEDGER_PAGE = Pattern.compile("jobs/[^/]+/ledger/\\d+\\.json");
  private static final Pattern PAYLOAD =
      Pattern.compile("jobs/([^/]+)/rounds/(\\d{6})/updates/([^/]+)/([0-9a-f]{64})\\.safetensors");
  private static final Pattern MODEL =
      Pattern.compile("jobs/([^/]+)/models/(\\d{6}\\.safetensors|[a-z]+/\\d{6}/\\d{6})");
  private static final Pattern PLAN =
      Pattern.compile("jobs/([^/]+)/rounds/(\\d{6})/plans/\\d{6}\\.json");

  public ObjectKeys {
    if (!isJobId(job)) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "job id «" + job + "» is not of the form " + JOB,
          "job",
          "Use 1 to 64 letters, digits, hyphens and underscores, beginning with a letter or digit");
    }
  }

  /// A round of a job.
  public record RoundId(String job, int round) {}

  /// Where the update of a member to a round lies.
  public record UpdateId(String job, int round, String member) {}

  /// Whether a job may have this id.
  public static boolean isJobId(String job) {
    return JOB.matcher(job).matches();
  }

  /// Whether the text is a SHA-256 in lower-case hex.
  public static boolean isSha256(String text) {
    return SHA256.matcher(text).matches();
  }

  /// Whose manifest a key names, or empty where it is the key of something else.
  public static Optional<UpdateId> parseManifest(String key) {
    return update(MANIFEST.matcher(key));
  }

  /// Whose payload a key names, where it holds this hash; empty otherwise.
  public static Optional<UpdateId> parsePayload(String key, String sha256) {
    Matcher matcher = PAYLOAD.matcher(key);
    return matcher.matches() && matcher.group(4).equals(sha256)
        ? update(matcher)
        : Optional.empty();
  }

  /// Whether a key names a model, or what lies beside one for members to read.
  public static boolean isModel(String key) {
    Matcher matcher = MODEL.matcher(key);
    return matcher.matches() && isJobId(matcher.group(1));
  }

  private static Optional<UpdateId> update(Matcher matcher) {
    return matcher.matches()
            && isJobId(matcher.group(1))
            && Federation.isMemberName(matcher.group(3))
        ? Optional.of(
            new UpdateId(matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3)))
        : Optional.empty();
  }

  /// Of which round a key names the plan, or empty where it is the key of something else.
  public static Optional<RoundId> parsePlan(String key) {
    Matcher matcher = PLAN.matcher(key);
    return matcher.matches()
        ? Optional.of(new RoundId(matcher.group(1), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /// The job file as the job runs it, with every default filled in.
  public String spec() {
    return root() + "job.json";
  }

  /// What the job came to.
  public String result() {
    return root() + "result.json";
  }

  /// The model of a version; version 0 is the initial model.
  public String model(int version) {
    return root() + "models/" + digits(version) + ".safetensors";
  }

  /// What changed from the version before to this one, for one shard.
  public String modelDelta(int version, int shard) {
    return root() + "models/deltas/" + digits(version) + "/" + digits(shard);
  }

  /// The pointer to the newest model.
  public String latestModel() {
    return root() + "models/latest.json";
  }

  /// The pointer to the model that was promoted.
  public String promotedModel() {
    return root() + "models/promoted.json";
  }

  /// What the members' audit of the last model found.
  public String audit() {
    return root() + "audit.json";
  }

  /// The server optimiser's state beside the model of a version, for one shard.
  public String optimizerState(int version, int shard) {
    return root() + "optimizer/" + digits(version) + "/" + digits(shard);
  }

  /// The noisy mean of one shard of a round, drawn once.
  public String noisy(int round, int shard) {
    return round(round) + "/noisy/" + digits(shard);
  }

  /// How the updates of a round were clipped, and how the next one's are.
  public String clipping(int round) {
    return round(round) + "/clipping.json";
  }

  /// The mean of the members' vectors beside the model of a version, for one shard: what members
  /// train with.
  public String vectorMean(int version, int shard) {
    return root() + "models/vectors/" + digits(version) + "/" + digits(shard);
  }

  /// The same, exactly: what the server goes on from.
  public String vectorState(int version, int shard) {
    return root() + "optimizer/vectors/" + digits(version) + "/" + digits(shard);
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
    return round(round) + "/plans/" + digits(revision) + ".json";
  }

  /// What the keys of a round's plans begin with.
  public String plans(int round) {
    return round(round) + "/plans/";
  }

  /// The products and distances of one shard of the updates.
  public String measure(int round, int revision, int shard) {
    return measures(round) + digits(revision) + "/" + digits(shard);
  }

  /// What the keys of a round's measurements begin with.
  public String measures(int round) {
    return round(round) + "/measures/";
  }

  /// What each update counts.
  public String weights(int round, int revision) {
    return round(round) + "/weights/" + digits(revision) + ".json";
  }

  /// One shard of one row of what an aggregation rule remembers of a round for the next.
  public String memory(int round, int revision, int shard, int row) {
    return memories(round) + digits(revision) + "/" + digits(shard) + "/" + digits(row);
  }

  /// What the keys of the former begin with.
  public String memories(int round) {
    return round(round) + "/memory/";
  }

  /// The folded updates of one tile.
  public String fold(int round, int revision, int tile) {
    return folds(round) + digits(revision) + "/" + digits(tile);
  }

  /// The sum of some folds of a shard, after so many levels of merging.
  public String merged(int round, int revision, int level, int sum) {
    return fold(round, revision, sum) + "-merged-" + level;
  }

  /// The sums of one shard of the members' vectors: those that came and their former ones.
  public String vectorFold(int round, int revision, int shard) {
    return fold(round, revision, shard) + "-vectors";
  }

  /// What the keys of a round's folded updates begin with.
  public String folds(int round) {
    return round(round) + "/folds/";
  }

  /// Whether a key is that of a page of a job's ledger.
  public static boolean isLedgerPage(String key) {
    return LEDGER_PAGE.matcher(key).matches();
  }

  /// A page of the job's ledger.
  public String ledger(int page) {
    return ledgers() + digits(page) + ".json";
  }

  /// What the keys of the ledger's pages begin with.
  public String ledgers() {
    return root() + "ledger/";
  }

  /// The mean that a region makes of a round's updates.
  public String regionMean(int round) {
    return round(round) + "/region/mean.safetensors";
  }

  /// What else a region sends of a round.
  public String regionSum(int round) {
    return round(round) + "/region/sum.json";
  }

  /// What a round came to.
  public String report(int round) {
    return round(round) + "/report.json";
  }

  /// What the past rounds say of each member, after this round.
  public String history(int round) {
    return round(round) + "/history.json";
  }

  /// The last update of each member that is in a published model, after this round.
  public String counted(int round) {
    return round(round) + "/counted.json";
  }

  /// Which members are at work, since when, after the tasks of this round were sent.
  public String tasked(int round) {
    return round(round) + "/tasked.json";
  }

  /// A member's update: put last, it announces the payload.
  public String manifest(int round, String member) {
    return updates(round, member) + "manifest.json";
  }

  /// The parameters of an update: the hash in the key lets a member that starts again put another
  /// payload without touching the first.
  public String payload(int round, String member, String sha256) {
    if (!isSha256(sha256)) {
      throw new RengoException(
          ErrorCode.MANIFEST_INVALID,
          "the payload's hash «" + sha256 + "» is not a SHA-256",
          "payload of " + member,
          "Give 64 lower-case hex digits");
    }
    return updates(round, member) + sha256 + ".safetensors";
  }

  /// What the keys of a round's updates begin with.
  public String updates(int round) {
    return round(round) + "/updates/";
  }

  /// What the keys of a member's update to a round begin with.
  public String updates(int round, String member) {
    return updates(round) + Federation.requireMemberName(member) + "/";
  }

  private String round(int round) {
    return root() + "rounds/" + digits(round);
  }

  private String root() {
    return "jobs/" + job + "/";
  }

  private String digits(int number) {
    if (number < 0 || number > MOST) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "no key has the number " + number,
          "job " + job,
          "Keep rounds, versions and shards between 0 and " + MOST);
    }
    return String.format(Locale.ROOT, "%06d", number);
  }
}
