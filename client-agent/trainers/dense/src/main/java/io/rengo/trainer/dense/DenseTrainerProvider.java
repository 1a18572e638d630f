package io.rengo.trainer.dense;

import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;

/// Trains linear models, multilayer perceptrons and small convolutional networks without any
/// framework.
public final class DenseTrainerProvider implements TrainerProvider {
  @Override
  public String name() {
    return "dense";
  }

  @Override
  public boolean trainsPrivately() {
    return true;
  }

  @Override
  public Trainer open(Context context) {
    DenseModel model = DenseModel.of(context.model(), context.layout());
    return new DenseTrainer(model, Kernels.best(), context.data());
  }

  /// What the matrix products run on in this JVM, for logs.
  public static String kernels() {
    return Kernels.best().description();
  }
}
