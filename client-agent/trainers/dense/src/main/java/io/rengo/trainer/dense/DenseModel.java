package io.rengo.trainer.dense;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.Layout;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelSpec;
import io.rengo.protocol.RengoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A job file's `model` section: convolutions, if any, the widths from what they put out to the
/// output, what follows the hidden layers, and the loss. Without hidden layers it is linear,
/// logistic or softmax regression.
///
/// Its tensors are `convolutions.0.kernel` `[height * width * channels of a patch, filters]`,
/// `convolutions.0.bias` `[filters]`, …, `layers.0.kernel` `[in, out]` (row-major), `layers.0.bias`
/// `[out]`, `layers.1.kernel`, …
record DenseModel(
    List<Convolution> convolutions, List<Integer> widths, Activation activation, Loss loss) {
  DenseModel {
    convolutions = List.copyOf(convolutions);
    widths = List.copyOf(widths);
  }

  DenseModel(List<Integer> widths, Activation activation, Loss loss) {
    this(List.of(), widths, activation, loss);
  }

  /// Reads the section and checks that the layout is its own; throws [RengoException] with
  /// `TASK_INVALID`.
  static DenseModel of(JsonNode section, Layout layout) {
    ModelSpec spec = spec(section);
    DenseModel model =
        switch (spec) {
          case ModelSpec.Mlp mlp ->
              new DenseModel(mlp.layers(), activation(mlp.activation()), Loss.of(mlp.loss()));
          case ModelSpec.Cnn cnn -> convolutional(cnn);
          case ModelSpec.Tensors tensors ->
              throw invalid(
                  "the model is neither of kind mlp nor of kind cnn",
                  "kind",
                  "Use the trainer that the model is for");
        };
    if (!spec.layout().equals(layout)) {
      throw invalid(
          "the task's layout is " + layout.tensors() + ", the model's " + spec.layout().tensors(),
          "layers",
          "Make the initial model of this section");
    }
    if (model.loss() != Loss.SOFTMAX_CROSS_ENTROPY && model.outputs() != 1) {
      throw invalid(
          "%s has one output, not %d".formatted(model.loss().title(), model.outputs()),
          "layers",
          "End layers with 1, or use softmax-cross-entropy");
    }
    return model;
  }

  private static DenseModel convolutional(ModelSpec.Cnn cnn) {
    List<Convolution> convolutions = new ArrayList<>();
    List<ModelSpec.Cnn.Shape> shapes = cnn.shapes();
    for (int i = 0; i < cnn.convolutions().size(); i++) {
      ModelSpec.Cnn.Convolution of = cnn.convolutions().get(i);
      ModelSpec.Cnn.Shape in = shapes.get(i);
      convolutions.add(
          new Convolution(
              in.height(),
              in.width(),
              in.channels(),
              of.filters(),
              of.kernel(),
              of.stride(),
              of.pool()));
    }
    return new DenseModel(
        convolutions, cnn.widths(), activation(cnn.activation()), Loss.of(cnn.loss()));
  }

  private static Activation activation(String name) {
    return Activation.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static ModelSpec spec(JsonNode section) {
    try {
      return Json.read(section, ModelSpec.class, "model");
    } catch (RengoException e) {
      throw new RengoException(
          ErrorCode.TASK_INVALID,
          String.valueOf(e.getMessage()),
          "model",
          "Correct the job file",
          e);
    }
  }

  /// Number of parameters.
  int size() {
    int size = convolutions.stream().mapToInt(Convolution::size).sum();
    for (int i = 0; i + 1 < widths.size(); i++) {
      size += (widths.get(i) + 1) * widths.get(i + 1);
    }
    return size;
  }

  int inputs() {
    return convolutions.isEmpty() ? widths.getFirst() : convolutions.getFirst().inputs();
  }

  int outputs() {
    return widths.getLast();
  }

  private static RengoException invalid(String what, String field, String mend) {
    return new RengoException(ErrorCode.TASK_INVALID, what, "model." + field, mend);
  }
}
