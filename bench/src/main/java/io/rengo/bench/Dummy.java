package io.rengo.bench;

import io.rengo.agent.LocalTraining;
import io.rengo.agent.LocalUpdate;
import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.MetricSums;

/// A trainer that trains nothing: what is left is the cost of the federation itself.
final class Dummy implements TrainerProvider, Trainer {
  @Override
  public String name() {
    return "dummy";
  }

  @Override
  public Trainer open(Context context) {
    return this;
  }

  @Override
  public MetricSums evaluate(float[] parameters) {
    return MetricSums.ZERO;
  }

  @Override
  public LocalUpdate train(float[] parameters, LocalTraining settings) {
    return new LocalUpdate(parameters, 100, 1, 0);
  }
}
