package io.rengo.protocol;

import io.rengo.protocol.RecordStore.RecordKey;
import java.util.Locale;

/// The keys of the records: the only place that makes them.
public final class RecordKeys {
  /// What the sort keys of accepted updates begin with.
  public static final String ACCEPTED = "accepted#";

  /// What the sort keys of refusals begin with.
  public static final String REFUSED = "refused#";

  private static final String JOBS = "jobs";

  private RecordKeys() {}

  /// The partition of all jobs' progress.
  public static String jobs() {
    return JOBS;
  }

  /// A job's progress.
  public static RecordKey job(String job) {
    return new RecordKey(JOBS, job);
  }

  /// What the federation's jobs have spent of their members' privacy.
  public static RecordKey privacyLedger() {
    return new RecordKey("privacy", "ledger");
  }

  /// The partition of a round's records.
  public static String roundPartition(String job, int round) {
    return String.format(Locale.ROOT, "job#%s#round#%06d", job, round);
  }

  /// A round's record.
  public static RecordKey round(String job, int round) {
    return new RecordKey(roundPartition(job, round), "round");
  }

  /// The update of a member that counts.
  public static RecordKey accepted(String job, int round, String member) {
    return new RecordKey(roundPartition(job, round), ACCEPTED + member);
  }

  /// An update of a member that was refused: `cause` tells several of one member apart.
  public static RecordKey refused(String job, int round, String member, String cause) {
    return new RecordKey(roundPartition(job, round), REFUSED + member + "#" + cause);
  }
}
