package io.rengo.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.core.TensorSpec;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ParameterTableTest {
  @Test
  void layout_isTheParameterTable() {
    assertThat(Dl4jModel.layout(Networks.digits()).tensors())
        .containsExactly(
            new TensorSpec("0_W", List.of(64, 32)),
            new TensorSpec("0_b", List.of(32)),
            new TensorSpec("1_W", List.of(32, 10)),
            new TensorSpec("1_b", List.of(10)));
    assertThat(Dl4jModel.layout(Networks.convolution(true, 0)).tensors())
        .containsExactly(
            new TensorSpec("0_b", List.of(4)),
            new TensorSpec("0_W", List.of(4, 1, 3, 3)),
            new TensorSpec("1_gamma", List.of(4)),
            new TensorSpec("1_beta", List.of(4)),
            new TensorSpec("1_mean", List.of(4)),
            new TensorSpec("1_log10stdev", List.of(4)),
            new TensorSpec("2_W", List.of(36, 10)),
            new TensorSpec("2_b", List.of(10)));
  }

  @Test
  void denseWeights_areColumnByColumnInMemoryAndRowByRowOnTheWire() {
    MultiLayerNetwork network = Dl4jModel.network(Networks.digits());
    assertThat(network.getParam("0_W").ordering()).isEqualTo('f');
    float[] flat = load(network);
    assertThat(network.getParam("0_W").getFloat(5, 7)).isEqualTo(flat[5 * 32 + 7]);
    assertThat(network.getParam("0_b").getFloat(3)).isEqualTo(flat[64 * 32 + 3]);
    assertThat(network.getParam("1_W").getFloat(31, 9)).isEqualTo(flat[65 * 32 + 31 * 10 + 9]);
    assertThat(network.params().getFloat(1)).isEqualTo(flat[32]);
  }

  @Test
  void convolutionWeights_areRowByRowInBoth() {
    MultiLayerNetwork network = Dl4jModel.network(Networks.convolution(true, 0));
    float[] flat = load(network);
    INDArray weights = network.getParam("0_W");
    assertThat(weights.getFloat(2, 0, 1, 2)).isEqualTo(flat[4 + 2 * 9 + 3 + 2]);
    assertThat(network.getParam("2_W").getFloat(3, 1)).isEqualTo(flat[36 + 4 + 16 + 3 * 10 + 1]);
  }

  @Test
  void parameters_comeBackAsTheyWent() {
    for (String json : List.of(Networks.digits(), Networks.convolution(true, 0))) {
      MultiLayerNetwork network = Dl4jModel.network(json);
      ParameterTable table = ParameterTable.of(network);
      float[] flat = load(network);
      float[][] pieces = table.split(new float[flat.length]);
      table.read(network.params(), pieces);
      assertThat(table.join(pieces)).isEqualTo(flat);
    }
  }

  @Test
  void statisticsOfBatchNormalization_areNotTrained() {
    ParameterTable table = ParameterTable.of(Dl4jModel.network(Networks.convolution(true, 0)));
    assertThat(table.tensors().stream().map(ParameterTable.Tensor::trainable))
        .containsExactly(true, true, true, true, false, false, true, true);
  }

  private static float[] load(MultiLayerNetwork network) {
    ParameterTable table = ParameterTable.of(network);
    float[] flat = new float[(int) network.numParams()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = i;
    }
    table.write(table.split(flat), network.params());
    return flat;
  }
}
