package io.rengo.trainer.dense;

import io.rengo.agent.Examples;
import io.rengo.agent.LocalTraining;
import io.rengo.agent.LocalUpdate;
import io.rengo.agent.MemberData;
import io.rengo.agent.PrivateTraining;
import io.rengo.agent.Trainer;
import io.rengo.agent.data.Batches;
import io.rengo.agent.optimizer.GradientStep;
import io.rengo.core.MetricSums;
import io.rengo.core.privacy.SecureBits;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Trains a [DenseModel] by minibatches on one thread.
final class DenseTrainer implements Trainer {
  private static final int EVALUATION_ROWS = 64;
  private static final float[] NO_SHIFT = {};

  private final DenseModel model;
  private final Kernels kernels;
  private final Supplier<MemberData> data;

  /// @param data checked by [#checked]; the same at each call
  DenseTrainer(DenseModel model, Kernels kernels, Supplier<MemberData> data) {
    this.model = model;
    this.kernels = kernels;
    this.data = data;
  }

  @Override
  public MetricSums evaluate(float[] parameters) {
    Examples examples = checked(data.get().holdOut());
    Network network = new Network(model, kernels, EVALUATION_ROWS);
    network.load(parameters);
    int classes = model.loss().classes(model.outputs());
    long[][] confusion = new long[classes][classes];
    double loss = 0;
    for (int start = 0; start < examples.count(); start += EVALUATION_ROWS) {
      int end = Math.min(examples.count(), start + EVALUATION_ROWS);
      network.take(examples, IntStream.range(start, end).toArray());
      network.forward(end - start);
      loss += network.loss(end - start);
      for (int row = start; row < end && classes > 0; row++) {
        int predicted = model.loss().predict(network.output(row - start), model.outputs());
        confusion[(int) examples.targets()[row]][predicted]++;
      }
    }
    return new MetricSums(examples.count(), loss, classes > 0 ? 0 : loss, confusion);
  }

  @Override
  public double[] losses(float[] parameters, Examples rows) {
    Examples examples = checked(rows);
    Network network = new Network(model, kernels, EVALUATION_ROWS);
    network.load(parameters);
    double[] losses = new double[examples.count()];
    for (int start = 0; start < losses.length; start += EVALUATION_ROWS) {
      int count = Math.min(losses.length - start, EVALUATION_ROWS);
      network.take(examples, IntStream.range(start, start + count).toArray());
      network.forward(count);
      for (int row = 0; row < count; row++) {
        losses[start + row] = network.loss(row, 1);
      }
    }
    return losses;
  }

  @Override
  public LocalUpdate train(float[] parameters, LocalTraining settings) {
    return train(parameters, settings, NO_SHIFT);
  }

  @Override
  public float[] gradient(float[] parameters) {
    Examples examples = checked(data.get().training());
    Network network = new Network(model, kernels, EVALUATION_ROWS);
    network.load(parameters);
    double[] sum = new double[parameters.length];
    float[] part = new float[parameters.length];
    for (int start = 0; start < examples.count(); start += EVALUATION_ROWS) {
      int rows = Math.min(examples.count() - start, EVALUATION_ROWS);
      network.take(examples, IntStream.range(start, start + rows).toArray());
      network.forward(rows);
      network.loss(rows);
      network.backward(rows);
      network.storeGradient(part);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += (double) rows * part[i];
      }
    }
    for (int i = 0; i < sum.length; i++) {
      part[i] = (float) (sum[i] / examples.count());
    }
    return part;
  }

  @Override
  public LocalUpdate train(float[] parameters, LocalTraining settings, float[] shift) {
    MemberData member = data.get();
    Examples training = checked(member.training());
    if (training.count() == 0) {
      throw invalid("there are no rows to train on", "Lower data.hold-out or give more rows");
    }
    if (settings.privacy().isPresent()) {
      return trainPrivately(parameters, settings, settings.privacy().get(), training);
    }
    Network network = new Network(model, kernels, Math.min(settings.batchSize(), training.count()));
    float[][] shifts = shift.length == 0 ? new float[0][] : network.arrays(shift);
    network.load(parameters);
    float[][] weights = network.parameters();
    float[][] gradient = network.gradient();
    GradientStep step = new GradientStep(settings, weights, shifts);
    double loss = 0;
    long steps = 0;
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      Examples examples = member.epoch(settings.seed(), epoch);
      for (int[] batch :
          Batches.of(examples.count(), settings.batchSize(), settings.seed(), epoch)) {
        network.take(examples, batch);
        network.forward(batch.length);
        loss += network.loss(batch.length);
        network.backward(batch.length);
        step.apply(weights, gradient);
        steps++;
      }
    }
    float[] trained = new float[parameters.length];
    network.store(trained);
    double seen = (double) training.count() * settings.epochs();
    return new LocalUpdate(trained, training.count(), steps, loss / seen);
  }

  /// What is told of the training is nothing but the parameters: a loss would need noise too.
  private LocalUpdate trainPrivately(
      float[] parameters, LocalTraining settings, PrivateTraining privacy, Examples training) {
    int rows = PrivateSgd.blockRows(model, settings.batchSize(), training.count());
    Network network = new Network(model, kernels, rows);
    network.load(parameters);
    long steps = new PrivateSgd(network, privacy, settings, new SecureBits()).train(training, rows);
    float[] trained = new float[parameters.length];
    network.store(trained);
    return new LocalUpdate(trained, training.count(), steps, 0);
  }

  private Examples checked(Examples examples) {
    if (examples.width() != model.inputs()) {
      throw invalid(
          "rows have %d features, the model %d inputs".formatted(examples.width(), model.inputs()),
          "Give the data that the job's model is for");
    }
    int classes = model.loss().classes(model.outputs());
    for (int i = 0; i < examples.count() && classes > 0; i++) {
      float target = examples.targets()[i];
      if (!(target >= 0 && target < classes && target == (int) target)) {
        throw invalid(
            "target %s is no class of %d".formatted(target, classes),
            "Number the classes from 0, or give the model more outputs");
      }
    }
    return examples;
  }

  private static RengoException invalid(String what, String mend) {
    return new RengoException(ErrorCode.DATA_INVALID, what, "the member's data", mend);
  }
}
