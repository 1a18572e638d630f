package io.rengo.trainer.dl4j;

import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.Layout;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelSpec.Mlp;
import io.rengo.protocol.RengoException;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/// Trains any network that a `MultiLayerConfiguration` describes, and the job file's own multilayer
/// perceptrons (`model.kind: mlp`), for which no configuration is needed.
public final class Dl4jTrainerProvider implements TrainerProvider {
  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public Trainer open(Context context) {
    Optional<Mlp> perceptron = perceptron(context);
    MultiLayerNetwork network =
        perceptron
            .map(model -> Dl4jModel.network(Perceptron.configuration(model)))
            .orElseGet(() -> Dl4jModel.network(context.settings()));
    ParameterTable table = ParameterTable.of(network);
    Layout layout = table.layout();
    if (perceptron.isEmpty() && !layout.equals(context.layout())) {
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

  private static Optional<Mlp> perceptron(Context context) {
    return context.settings().has("configuration")
            || !"mlp".equals(context.model().path("kind").asText())
        ? Optional.empty()
        : Optional.of(Json.MAPPER.convertValue(context.model(), Mlp.class));
  }
}
