package io.rengo.trainer.dl4j;

import io.rengo.agent.Examples;
import io.rengo.agent.LocalTraining;
import io.rengo.agent.LocalUpdate;
import io.rengo.agent.MemberData;
import io.rengo.agent.Trainer;
import io.rengo.agent.data.Batches;
import io.rengo.core.MetricSums;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.util.function.Supplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/// Trains one DeepLearning4J network. The framework computes losses and gradients; the steps are
/// those of every other trainer in the JVM.
final class Dl4jTrainer implements Trainer {
  private final MultiLayerNetwork network;
  private final ParameterTable table;
  private final Supplier<MemberData> data;

  Dl4jTrainer(MultiLayerNetwork network, ParameterTable table, Supplier<MemberData> data) {
    this.network = network;
    this.table = table;
    this.data = data;
  }

  @Override
  public MetricSums evaluate(float[] parameters) {
    Examples examples = data.get().holdOut();
    Targets targets = targets(examples);
    table.write(table.split(parameters), network.params());
    try {
      return new Evaluation(network, targets).of(examples);
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public double[] losses(float[] parameters, Examples rows) {
    Targets targets = targets(rows);
    table.write(table.split(parameters), network.params());
    try {
      return new Evaluation(network, targets).losses(rows);
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public LocalUpdate train(float[] parameters, LocalTraining settings) {
    MemberData member = data.get();
    Targets targets = targets(member.training());
    if (member.training().count() == 0) {
      throw Targets.invalid(
          "there are no rows to train on", "Lower data.hold-out or give more rows");
    }
    Nd4j.getRandom().setSeed(settings.seed());
    Steps steps = new Steps(network, table, settings, table.split(parameters));
    Minibatch.Pool pool = new Minibatch.Pool(member.training().width(), targets.outputs());
    double loss = 0;
    try {
      for (int epoch = 0; epoch < settings.epochs(); epoch++) {
        Examples examples = member.epoch(settings.seed(), epoch);
        for (int[] rows :
            Batches.of(examples.count(), settings.batchSize(), settings.seed(), epoch)) {
          loss += rows.length * steps.take(pool.take(examples, rows), rows.length, epoch);
        }
      }
    } catch (RuntimeException e) {
      throw failed(e);
    }
    double seen = (double) member.training().count() * settings.epochs();
    return new LocalUpdate(
        table.join(steps.parameters()), member.training().count(), steps.taken(), loss / seen);
  }

  @Override
  public void close() {
    network.close();
  }

  /// What the outputs mean, learned by sending a row of zeros through the network.
  private Targets targets(Examples examples) {
    try {
      long[] shape = network.output(Nd4j.zeros(DataType.FLOAT, 1, examples.width()), false).shape();
      return Targets.of(network, shape).checked(examples);
    } catch (RengoException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new RengoException(
          ErrorCode.DATA_INVALID,
          "the network does not take rows of " + examples.width() + " features: " + e.getMessage(),
          "the member's data",
          "Give the data that the job's model is for",
          e);
    }
  }

  private static RengoException failed(RuntimeException e) {
    return e instanceof RengoException known
        ? known
        : new RengoException(
            ErrorCode.TRAINING_FAILED,
            "DeepLearning4J failed: " + e.getMessage(),
            "training.settings.configuration",
            "Correct the network",
            e);
  }
}
