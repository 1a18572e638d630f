package io.rengo.sim;

import io.rengo.agent.Examples;
import io.rengo.agent.LocalTraining;
import io.rengo.agent.MemberData;
import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.Initializer;
import io.rengo.core.Layout;
import io.rengo.core.MetricSums;
import io.rengo.protocol.JobSpec;
import io.rengo.protocol.Json;
import io.rengo.protocol.TrainingSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What a federation's accuracy is measured against: each member training alone, and one training
/// on the data of all. Each trains as many epochs as the job gives a member in all, from the job's
/// initial model, and is evaluated on the hold-outs of all members together.
public final class Baselines {
  /// @param localOnlyAccuracy mean over the members that train alone
  /// @param pooledAccuracy of the training on all data
  public record Result(double localOnlyAccuracy, double pooledAccuracy) {}

  private final JobSpec spec;
  private final TrainerProvider provider;
  private final Layout layout;
  private final float[] initial;
  private final Examples holdOut;
  private final long seed;

  private Baselines(JobSpec spec, TrainerProvider provider, Examples holdOut, long seed) {
    this.spec = spec;
    this.provider = provider;
    this.layout = spec.model().layout();
    this.initial = Initializer.parameters(layout, spec.model().initial(), seed);
    this.holdOut = holdOut;
    this.seed = seed;
  }

  /// Both baselines, or empty where the trainer does not report an accuracy.
  public static Optional<Result> of(
      JobSpec spec,
      SimulatedMembers members,
      Map<String, TrainerProvider> trainers,
      long seed,
      int cores) {
    List<MemberData> data = members.names().stream().map(name -> members.data(name).get()).toList();
    Examples holdOut = join(data.stream().map(MemberData::holdOut).toList());
    TrainerProvider provider =
        Optional.ofNullable(trainers.get(spec.training().trainer())).orElseThrow();
    Baselines baselines = new Baselines(spec, provider, holdOut, seed);
    List<Callable<OptionalDouble>> trainings = new ArrayList<>();
    trainings.add(() -> baselines.accuracy(join(data.stream().map(MemberData::training).toList())));
    data.forEach(member -> trainings.add(() -> baselines.accuracy(member.training())));
    List<Double> accuracies = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(cores)) {
      for (Future<OptionalDouble> training : executor.invokeAll(trainings)) {
        training.get().ifPresent(accuracies::add);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
    return accuracies.size() < trainings.size()
        ? Optional.empty()
        : Optional.of(
            new Result(
                accuracies.subList(1, accuracies.size()).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(0),
                accuracies.getFirst()));
  }

  private OptionalDouble accuracy(Examples training) {
    try (Trainer trainer =
        provider.open(
            new TrainerProvider.Context(
                Json.tree(spec.model()),
                spec.training().settings(),
                Json.MAPPER.createObjectNode(),
                layout,
                () -> new MemberData(training, holdOut),
                Path.of(System.getProperty("java.io.tmpdir"))))) {
      TrainingSpec settings = spec.training();
      LocalTraining whole =
          new LocalTraining(
              settings.epochs() * spec.rounds().count(),
              settings.batchSize(),
              settings.optimizer(),
              settings.learningRate(),
              settings.momentum(),
              0,
              settings.clipNorm(),
              seed);
      MetricSums metrics = trainer.evaluate(trainer.train(initial, whole).parameters());
      return metrics.accuracy();
    }
  }

  private static Examples join(List<Examples> parts) {
    int count = parts.stream().mapToInt(Examples::count).sum();
    int width = parts.getFirst().width();
    float[] features = new float[Math.multiplyExact(count, width)];
    float[] targets = new float[count];
    int row = 0;
    for (Examples part : parts) {
      System.arraycopy(part.features(), 0, features, row * width, part.features().length);
      System.arraycopy(part.targets(), 0, targets, row, part.count());
      row += part.count();
    }
    return new Examples(count, width, features, targets);
  }
}
