package io.rengo.protocol.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/// One page of a job's ledger. Page 0 tells of the job's start, page `n` of round `n`, and the page
/// after the last round of the end. Members stand in it by their names; nothing of their data does.
///
/// @param version of this form, now 1
/// @param previous SHA-256, in hex, of the former page's object, to the byte; empty on page 0
/// @param facts what happened, by what it is
public record Page(
    int version, String job, int number, String previous, Instant at, What what, JsonNode facts) {
  /// The version that this program writes and understands.
  public static final int VERSION = 1;

  /// What a page tells of.
  public enum What {
    @JsonProperty("started")
    STARTED,
    @JsonProperty("round")
    ROUND,
    @JsonProperty("finished")
    FINISHED
  }
}
