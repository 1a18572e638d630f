package io.rengo.core.aggregation;

/// The mean weighted by the numbers of examples: FedAvg (McMahan et al. 2017). One hostile update
/// moves it wherever it likes.
public record Mean() implements Rule {
  @Override
  public Measure measure() {
    return Measure.NOTHING;
  }

  @Override
  public int fewest() {
    return 1;
  }

  @Override
  public String bound() {
    return "one update, and none of them hostile";
  }

  @Override
  public Weighing weigh(Gram gram, double[] examples) {
    return Rule.weighing(examples.length, i -> Weight.counted(examples[i]));
  }
}
