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
  @JsonSubTypes.Type(value = ModelSpec.Cnn.class, name = "cnn"),
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
      return new Layout(connected(layers));
    }

    @Override
    public List<Initializer.Scheme> initial() {
      return begin(layout(), activation);
    }
  }

  /// A convolutional network: convolutions over images, and fully connected layers over what they
  /// put out, with the activation after each but the last.
  ///
  /// @param input height, width and channels of an image, each 1 to 4096; a row of data has its
  ///   values row by row, in a row pixel by pixel, in a pixel channel by channel
  /// @param convolutions one or more
  /// @param layers widths of the fully connected layers, one or more, the output's last
  /// @param activation `relu`, `tanh` or `sigmoid`
  /// @param loss `softmax-cross-entropy`, `logistic` or `mse`
  record Cnn(
      List<Integer> input,
      List<Convolution> convolutions,
      List<Integer> layers,
      String activation,
      String loss)
      implements ModelSpec {
    private static final int MOST = 1 << 12;
    private static final int LARGEST = 1 << 24;

    /// Square filters without padding, and then the largest value of each square of positions;
    /// positions that do not fill a square are left out.
    ///
    /// @param filters how many there are, and so channels of what comes out
    /// @param kernel height and width of a filter
    /// @param stride pixels from one position to the next
    /// @param pool height and width of a square of positions; with 1 all of them stay
    public record Convolution(int filters, int kernel, int stride, int pool) {
      public Convolution {
        Check.inRange(filters, 1, MOST, "model.convolutions[].filters");
        Check.inRange(kernel, 1, MOST, "model.convolutions[].kernel");
        Check.inRange(stride, 1, MOST, "model.convolutions[].stride");
        Check.inRange(pool, 1, MOST, "model.convolutions[].pool");
      }

      Shape after(Shape in) {
        return new Shape(after(in.height()), after(in.width()), filters);
      }

      private int after(int length) {
        return length < kernel ? 0 : ((length - kernel) / stride + 1) / pool;
      }
    }

    /// Of an image.
    public record Shape(int height, int width, int channels) {
      long size() {
        return (long) height * width * channels;
      }
    }

    public Cnn {
      input = List.copyOf(input);
      convolutions = List.copyOf(convolutions);
      layers = List.copyOf(layers);
      refuseUnless(
          input.size() == 3 && input.stream().allMatch(length -> length >= 1 && length <= MOST),
          "input " + input + " is not a height, a width and a number of channels",
          "model.input",
          "Write input: [28, 28, 1] for grey images of 28 by 28 pixels");
      refuseUnless(
          !convolutions.isEmpty(),
          "there is no convolution",
          "model.convolutions",
          "Give one or more, or use kind: mlp");
      refuseUnless(
          !layers.isEmpty() && layers.stream().allMatch(width -> width >= 1 && width <= LARGEST),
          "layers " + layers + " are not one or more widths from 1 to " + LARGEST,
          "model.layers",
          "Give the width of each fully connected layer, the output's last, as in [32, 10]");
      List<Shape> shapes = shapes(input, convolutions);
      for (int i = 1; i < shapes.size(); i++) {
        Shape shape = shapes.get(i);
        refuseUnless(
            shape.size() >= 1 && shape.size() <= LARGEST,
            "convolution %d makes images of %d by %d with %d channels"
                .formatted(i, shape.height(), shape.width(), shape.channels()),
            "model.convolutions",
            "Let kernel, stride and pool fit into the image");
      }
      Check.oneOf(activation, "model.activation", "relu", "tanh", "sigmoid");
      Check.oneOf(loss, "model.loss", "softmax-cross-entropy", "logistic", "mse");
    }

    private static void refuseUnless(boolean holds, String what, String field, String mend) {
      if (!holds) {
        throw new RengoException(ErrorCode.JOB_INVALID, what, field, mend);
      }
    }

    /// Of the image that goes into each convolution, and of the one that leaves the last.
    public List<Shape> shapes() {
      return shapes(input, convolutions);
    }

    private static List<Shape> shapes(List<Integer> input, List<Convolution> convolutions) {
      List<Shape> shapes = new ArrayList<>();
      shapes.add(new Shape(input.get(0), input.get(1), input.get(2)));
      convolutions.forEach(each -> shapes.add(each.after(shapes.getLast())));
      return shapes;
    }

    /// Widths of the fully connected layers, with what goes into the first.
    public List<Integer> widths() {
      List<Integer> widths = new ArrayList<>(layers);
      widths.addFirst(Math.toIntExact(shapes().getLast().size()));
      return widths;
    }

    @Override
    public Layout layout() {
      List<TensorSpec> tensors = new ArrayList<>();
      List<Shape> shapes = shapes();
      for (int i = 0; i < convolutions.size(); i++) {
        Convolution each = convolutions.get(i);
        int patch = each.kernel() * each.kernel() * shapes.get(i).channels();
        tensors.add(
            new TensorSpec("convolutions." + i + ".kernel", List.of(patch, each.filters())));
        tensors.add(new TensorSpec("convolutions." + i + ".bias", List.of(each.filters())));
      }
      tensors.addAll(connected(widths()));
      return new Layout(tensors);
    }

    @Override
    public List<Initializer.Scheme> initial() {
      return begin(layout(), activation);
    }
  }

  private static List<TensorSpec> connected(List<Integer> widths) {
    List<TensorSpec> tensors = new ArrayList<>();
    for (int i = 0; i + 1 < widths.size(); i++) {
      int in = widths.get(i);
      int out = widths.get(i + 1);
      tensors.add(new TensorSpec("layers." + i + ".kernel", List.of(in, out)));
      tensors.add(new TensorSpec("layers." + i + ".bias", List.of(out)));
    }
    return tensors;
  }

  private static List<Initializer.Scheme> begin(Layout layout, String activation) {
    Initializer.Scheme kernel =
        activation.equals("relu") ? new Initializer.Scheme.He() : new Initializer.Scheme.Glorot();
    return layout.tensors().stream()
        .map(tensor -> tensor.shape().size() == 2 ? kernel : new Initializer.Scheme.Zeros())
        .toList();
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
