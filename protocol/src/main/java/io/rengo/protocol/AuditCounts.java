package io.rengo.protocol;

import io.rengo.core.MetricSums;
import io.rengo.core.privacy.ScoreCounts;
import java.util.Optional;

/// What a member's audit of a model found on its own rows: counts, nothing of a single row.
///
/// @param training metrics of the rows that the model was trained on
/// @param others metrics of rows that it was not
/// @param losses scores of the attack that calls rows of little loss members
/// @param shadows scores of the attack by shadow models; empty counts where there are none
/// @param reading of the member's first update, where it was tried
public record AuditCounts(
    MetricSums training,
    MetricSums others,
    ScoreCounts losses,
    ScoreCounts shadows,
    Optional<Reading> reading) {
  /// What could be read off a member's first update as it left the member.
  ///
  /// @param rows that it was trained on
  /// @param read how many of them stand in it
  /// @param others rows that it was not trained on
  /// @param seeming how many of those seem to stand in it
  public record Reading(long rows, long read, long others, long seeming) {
    public Reading {
      if (read < 0 || read > rows || seeming < 0 || seeming > others) {
        throw new IllegalArgumentException(
            "%d of %d rows and %d of %d others".formatted(read, rows, seeming, others));
      }
    }

    Reading plus(Reading other) {
      return new Reading(
          rows + other.rows, read + other.read, others + other.others, seeming + other.seeming);
    }

    /// Share of the rows that stand in the update.
    public double share() {
      return rows == 0 ? 0 : (double) read / rows;
    }
  }

  /// These rows and the others'.
  public AuditCounts plus(AuditCounts other) {
    return new AuditCounts(
        training.plus(other.training),
        others.plus(other.others),
        losses.plus(other.losses),
        shadows.plus(other.shadows),
        reading.isPresent() && other.reading.isPresent()
            ? Optional.of(reading.get().plus(other.reading.get()))
            : reading.or(other::reading));
  }

  /// Throws [IllegalArgumentException] unless these can be counts of rows.
  public void check() {
    training.check();
    others.check();
    losses.check();
    shadows.check();
    if (training.classes() != others.classes()) {
      throw new IllegalArgumentException("metrics of different numbers of classes");
    }
  }
}
