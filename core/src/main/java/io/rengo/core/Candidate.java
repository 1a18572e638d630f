package io.rengo.core;

/// A member that may be chosen for a round, with what past rounds say of it.
///
/// @param member its name
/// @param examples its rows of training data; 0 where not known yet
/// @param selected rounds that it was chosen for
/// @param answered rounds of these whose update was there in time
/// @param meanSeconds mean time from task to update over these; 0 where it never answered
public record Candidate(
    String member, long examples, int selected, int answered, double meanSeconds) {
  public Candidate {
    if (member.isBlank()) {
      throw new IllegalArgumentException("member is blank");
    }
    Range.notNegative("examples of " + member, examples);
    Range.notNegative("answered of " + member, answered);
    Range.notNegative("meanSeconds of " + member, meanSeconds);
    if (selected < answered) {
      throw new IllegalArgumentException(
          "%s answered %d rounds of %d".formatted(member, answered, selected));
    }
  }
}
