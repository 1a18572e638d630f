package io.rengo.trainer.process;

import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;

/// Trains by the command that the member's configuration names.
public final class ProcessTrainerProvider implements TrainerProvider {
  @Override
  public String name() {
    return "process";
  }

  @Override
  public Trainer open(Context context) {
    return new ProcessTrainer(context);
  }
}
