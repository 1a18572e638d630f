package io.rengo.trainer.dl4j;

import io.rengo.core.Layout;
import io.rengo.core.TensorSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;

/// Where each of a network's parameters lies in ND4J's flat vector.
///
/// A tensor takes a contiguous piece of it, in an order of its own: a dense layer's `W` is column
/// by column (ND4J's order 'f'), a convolution's row by row ('c'). What leaves the member is
/// row-major.
record ParameterTable(List<Tensor> tensors) {
  /// One parameter of one layer.
  ///
  /// @param name such as `0_W`
  /// @param start of the tensor in the layout
  /// @param piece start of its piece in ND4J's flat vector
  /// @param places the place within the piece of each element in row-major order
  /// @param trainable false for what a layer keeps track of itself, as batch normalisation does of
  ///   means and variances: its "gradient" is the change to subtract
  record Tensor(
      String name,
      List<Integer> shape,
      int start,
      int piece,
      int[] places,
      boolean trainable,
      List<Regularization> regularizations) {}

  static ParameterTable of(MultiLayerNetwork network) {
    List<Tensor> tensors = new ArrayList<>();
    int start = 0;
    for (Map.Entry<String, INDArray> entry : network.paramTable().entrySet()) {
      String name = entry.getKey();
      int split = name.indexOf('_');
      Layer layer = network.getLayer(Integer.parseInt(name.substring(0, split)));
      String parameter = name.substring(split + 1);
      INDArray view = entry.getValue();
      tensors.add(
          new Tensor(
              name,
              Arrays.stream(view.shape()).mapToObj(Math::toIntExact).toList(),
              start,
              Math.toIntExact(view.offset() - network.params().offset()),
              places(view.shape(), view.ordering()),
              !(layer.getConfig().getUpdaterByParam(parameter) instanceof NoOp),
              regularizations(layer, parameter)));
      start += Math.toIntExact(view.length());
    }
    return new ParameterTable(List.copyOf(tensors));
  }

  /// DeepLearning4J says "none" by null.
  @SuppressWarnings("NullAway")
  static List<Regularization> regularizations(Layer layer, String parameter) {
    List<Regularization> given = layer.getConfig().getRegularizationByParam(parameter);
    return given == null ? List.of() : List.copyOf(given);
  }

  Layout layout() {
    return new Layout(
        tensors.stream().map(tensor -> new TensorSpec(tensor.name, tensor.shape)).toList());
  }

  /// The tensors' values in ND4J's own order, one array each, from the flat row-major vector.
  float[][] split(float[] flat) {
    float[][] pieces = new float[tensors.size()][];
    for (int t = 0; t < pieces.length; t++) {
      Tensor tensor = tensors.get(t);
      pieces[t] = new float[tensor.places.length];
      for (int i = 0; i < tensor.places.length; i++) {
        pieces[t][tensor.places[i]] = flat[tensor.start + i];
      }
    }
    return pieces;
  }

  /// The other way round.
  float[] join(float[][] pieces) {
    float[] flat = new float[Arrays.stream(pieces).mapToInt(piece -> piece.length).sum()];
    for (int t = 0; t < pieces.length; t++) {
      Tensor tensor = tensors.get(t);
      for (int i = 0; i < tensor.places.length; i++) {
        flat[tensor.start + i] = pieces[t][tensor.places[i]];
      }
    }
    return flat;
  }

  /// Copies the pieces into ND4J's flat vector.
  void write(float[][] pieces, INDArray vector) {
    FloatBuffer buffer = vector.data().asNioFloat();
    for (int t = 0; t < pieces.length; t++) {
      buffer.put(tensors.get(t).piece, pieces[t]);
    }
  }

  /// Copies ND4J's flat vector into the pieces.
  void read(INDArray vector, float[][] pieces) {
    FloatBuffer buffer = vector.data().asNioFloat();
    for (int t = 0; t < pieces.length; t++) {
      buffer.get(tensors.get(t).piece, pieces[t]);
    }
  }

  private static int[] places(long[] shape, char order) {
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int i = 0; i < shape.length; i++) {
      int dimension = order == 'f' ? i : shape.length - 1 - i;
      strides[dimension] = stride;
      stride *= Math.toIntExact(shape[dimension]);
    }
    int[] places = new int[stride];
    int[] index = new int[shape.length];
    for (int i = 0; i < places.length; i++) {
      for (int d = 0; d < shape.length; d++) {
        places[i] += index[d] * strides[d];
      }
      for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
        index[d] = 0;
      }
    }
    return places;
  }
}
