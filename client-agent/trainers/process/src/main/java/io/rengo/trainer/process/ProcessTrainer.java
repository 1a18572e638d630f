package io.rengo.trainer.process;

import io.rengo.agent.LocalTraining;
import io.rengo.agent.LocalUpdate;
import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider.Context;
import io.rengo.core.MetricSums;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.util.Optional;

/// Each evaluation and each training is one run of the command on a fresh folder.
final class ProcessTrainer implements Trainer {
  private final Context context;
  private final ProcessSettings settings;
  private final RunFolder folder;

  ProcessTrainer(Context context) {
    this.context = context;
    settings = ProcessSettings.from(context.member());
    folder = new RunFolder(context.scratch().resolve("run"));
  }

  @Override
  public MetricSums evaluate(float[] parameters) {
    try {
      run(task(Purpose.EVALUATE, Optional.empty()), parameters);
      RunResult result = folder.readResult();
      try {
        return result.sums();
      } catch (IllegalArgumentException e) {
        throw folder.malformed(folder.path().resolve("result.json"), e);
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  @Override
  public LocalUpdate train(float[] parameters, LocalTraining training) {
    try {
      run(task(Purpose.TRAIN, Optional.of(training)), parameters);
      RunResult result = folder.readResult();
      float[] update = folder.readUpdate(context.layout());
      return new LocalUpdate(update, result.examples(), result.steps(), result.loss());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private RunTask task(Purpose purpose, Optional<LocalTraining> training) {
    return new RunTask(
        RunTask.VERSION,
        purpose,
        training.map(RunTask.Training::of),
        training.map(LocalTraining::seed),
        context.settings(),
        context.model(),
        new RunTask.RunLayout(context.layout().hash(), context.layout().tensors()));
  }

  private void run(RunTask task, float[] parameters) throws IOException {
    folder.clear();
    folder.writeTask(task);
    folder.writeModel(context.layout(), parameters);
    if (settings.data()) {
      folder.writeExamples("training.safetensors", context.data().get().training());
      folder.writeExamples("hold-out.safetensors", context.data().get().holdOut());
    }
    new Command(settings).run(folder);
  }

  private RengoException unusable(IOException cause) {
    return new RengoException(
        ErrorCode.TRAINING_FAILED,
        "the folder of the run cannot be used: " + cause.getMessage(),
        folder.path().toString(),
        "Check the disk and who may write there",
        cause);
  }
}
