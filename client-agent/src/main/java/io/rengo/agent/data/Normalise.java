package io.rengo.agent.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.rengo.agent.Examples;
import java.util.Optional;

/// How features are brought to a common scale. What depends on the data is measured on the member's
/// own training part, and the hold-out is scaled by the same numbers.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Normalise.None.class, name = "none"),
  @JsonSubTypes.Type(value = Normalise.MinMax.class, name = "min-max"),
  @JsonSubTypes.Type(value = Normalise.Standard.class, name = "standard"),
  @JsonSubTypes.Type(value = Normalise.Scale.class, name = "scale")
})
public sealed interface Normalise {
  /// As they are.
  record None() implements Normalise {}

  /// To [0, 1]: from the range given for all columns, or where none is given from each column's
  /// own.
  record MinMax(
      @JsonProperty("min") Optional<Double> min, @JsonProperty("max") Optional<Double> max)
      implements Normalise {
    public MinMax {
      if (min.isPresent() != max.isPresent()) {
        throw DataSettings.invalid("only one end of the range is given", "normalise", "Give both");
      }
      if (min.isPresent() && !(min.get() < max.orElseThrow())) {
        throw DataSettings.invalid("min is not below max", "normalise", "Give min below max");
      }
    }
  }

  /// To mean 0 and standard deviation 1, column by column.
  record Standard() implements Normalise {}

  /// Multiplied by a constant, for example 1/255.
  record Scale(@JsonProperty(value = "by", required = true) double by) implements Normalise {
    public Scale {
      if (!Double.isFinite(by) || by == 0) {
        throw DataSettings.invalid("by is " + by, "normalise.by", "Give a number other than 0");
      }
    }
  }

  /// The scaling of each column that this training part asks for.
  default ColumnScale fit(Examples training) {
    return switch (this) {
      case None() -> ColumnScale.constant(training.width(), 0, 1);
      case Scale(double by) -> ColumnScale.constant(training.width(), 0, by);
      case MinMax(Optional<Double> min, Optional<Double> max) when min.isPresent() ->
          ColumnScale.constant(training.width(), min.get(), 1 / (max.orElseThrow() - min.get()));
      case MinMax _ -> ColumnScale.range(training);
      case Standard() -> ColumnScale.standard(training);
    };
  }
}
