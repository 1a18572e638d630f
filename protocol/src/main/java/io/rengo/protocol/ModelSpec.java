package io.rengo.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.rengo.core.Initializer;
import io.rengo.core.Layout;
import io.rengo.core.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/// The model that a job trains: its tensors and how they begin.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ModelSpec.Mlp.class, name = "mlp"),
  @JsonSubTypes.Type(value = ModelSpec.Tensors.class, name = "tensors")
})
public sealed interface ModelSpec {
  /// How the model lies in the flat vector.
  Layout layout();

  /// How each tensor of the layout begins.
  List<Initializer.Scheme> initial();

  /// A multilayer perceptron: fully connected layers with an activation between them. Two widths
  /// make a linear model.
  ///
  /// @param layers widths from the input to the output, two or more, each 1 to 16777216
  /// @param activation `relu`, `tanh` or `sigmoid`
  /// @param loss `softmax-cross-entropy`, `logistic` or `mse`
  record Mlp(List<Integer> layers, String activation, String loss) implements ModelSpec {
    private static final int MOST = 1 << 24;

    public Mlp {
      layers = List.copyOf(layers);
      if (layers.size() < 2 || layers.stream().anyMatch(width -> width < 1 || width > MOST)) {
        throw new RengoException(
            ErrorCode.JOB_INVALID,
            "layers " + layers + " are not two or more widths from 1 to " + MOST,
            "model.layers",
            "Give the width of the input, of each hidden layer and of the output, as in [64, 32,"
                + " 10]");
      }
      Check.oneOf(activation, "model.activation", "relu", "tanh", "sigmoid");
      Check.oneOf(loss, "model.loss", "softmax-cross-entropy", "logistic", "mse");
    }

    @Override
    public Layout layout() {
      List<TensorSpec> tensors = new ArrayList<>();
      for (int i = 0; i + 1 < layers.size(); i++) {
        int in = layers.get(i);
        int out = layers.get(i + 1);
        tensors.add(new TensorSpec("layers." + i + ".kernel", List.of(in, out)));
        tensors.add(new TensorSpec("layers." + i + ".bias", List.of(out)));
      }
      return new Layout(tensors);
    }

    @Override
    public List<Initializer.Scheme> initial() {
      Initializer.Scheme kernel =
          activation.equals("relu") ? new Initializer.Scheme.He() : new Initializer.Scheme.Glorot();
      return layout().tensors().stream()
          .map(tensor -> tensor.shape().size() == 2 ? kernel : new Initializer.Scheme.Zeros())
          .toList();
    }
  }

  /// Any model, as the list of its tensors: for the frameworks whose own description says the rest.
  record Tensors(List<Tensor> tensors) implements ModelSpec {
    /// @param init how the tensor begins: `zeros`, `he`, `glorot`
    public record Tensor(String name, List<Integer> shape, String init) {
      public Tensor {
        Check.oneOf(init, "model.tensors[].init", "zeros", "he", "glorot");
      }
    }

    public Tensors {
      tensors = List.copyOf(tensors);
      try {
        layoutOf(tensors);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new RengoException(
            ErrorCode.JOB_INVALID,
            String.valueOf(e.getMessage()),
            "model.tensors",
            "List each tensor of the model once, in order, with its shape",
            e);
      }
    }

    @Override
    public Layout layout() {
      return layoutOf(tensors);
    }

    @Override
    public List<Initializer.Scheme> initial() {
      return tensors.stream().map(tensor -> scheme(tensor.init())).toList();
    }

    private static Layout layoutOf(List<Tensor> tensors) {
      return new Layout(tensors.stream().map(t -> new TensorSpec(t.name(), t.shape())).toList());
    }

    private static Initializer.Scheme scheme(String init) {
      return switch (init) {
        case "he" -> new Initializer.Scheme.He();
        case "glorot" -> new Initializer.Scheme.Glorot();
        default -> new Initializer.Scheme.Zeros();
      };
    }
  }
}
