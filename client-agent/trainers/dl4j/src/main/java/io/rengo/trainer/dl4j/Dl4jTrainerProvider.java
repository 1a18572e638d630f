package io.rengo.trainer.dl4j;

import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.Layout;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/// Trains any network that a `MultiLayerConfiguration` describes.
public final class Dl4jTrainerProvider implements TrainerProvider {
  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public Trainer open(Context context) {
    MultiLayerNetwork network = Dl4jModel.network(context.settings());
    ParameterTable table = ParameterTable.of(network);
    Layout layout = table.layout();
    if (!layout.equals(context.layout())) {
      network.close();
      throw new RengoException(
          ErrorCode.TASK_INVALID,
          "the task's layout is %s, the network's %s"
              .formatted(context.layout().tensors(), layout.tensors()),
          "model.tensors",
          "List the tensors that the network has, in their order");
    }
    return new Dl4jTrainer(network, table, context.data());
  }
}
