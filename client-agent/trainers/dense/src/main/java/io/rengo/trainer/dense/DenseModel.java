package io.rengo.trainer.dense;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.Layout;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ModelSpec;
import io.rengo.protocol.RengoException;
import java.util.List;
import java.util.Locale;

/// A job file's `model` section: the widths from input to output, what follows the hidden layers,
/// and the loss. Without hidden layers it is linear, logistic or softmax regression.
///
/// Its tensors are `layers.0.kernel` `[in, out]` (row-major), `layers.0.bias` `[out]`,
/// `layers.1.kernel`, …
record DenseModel(List<Integer> widths, Activation activation, Loss loss) {
  DenseModel {
    widths = List.copyOf(widths);
  }

  /// Reads the section and checks that the layout is its own; throws [RengoException] with
  /// `TASK_INVALID`.
  static DenseModel of(JsonNode section, Layout layout) {
    if (!(spec(section) instanceof ModelSpec.Mlp mlp)) {
      throw invalid(
          "the model is not of kind mlp", "kind", "Use the trainer that the model is for");
    }
    if (!mlp.layout().equals(layout)) {
      throw invalid(
          "the task's layout is " + layout.tensors() + ", the model's " + mlp.layout().tensors(),
          "layers",
          "Make the initial model of this section");
    }
    Loss loss = Loss.of(mlp.loss());
    int outputs = mlp.layers().getLast();
    if (loss != Loss.SOFTMAX_CROSS_ENTROPY && outputs != 1) {
      throw invalid(
          "%s has one output, not %d".formatted(loss.title(), outputs),
          "layers",
          "End layers with 1, or use softmax-cross-entropy");
    }
    return new DenseModel(
        mlp.layers(), Activation.valueOf(mlp.activation().toUpperCase(Locale.ROOT)), loss);
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
    int size = 0;
    for (int i = 0; i + 1 < widths.size(); i++) {
      size += (widths.get(i) + 1) * widths.get(i + 1);
    }
    return size;
  }

  int inputs() {
    return widths.getFirst();
  }

  int outputs() {
    return widths.getLast();
  }

  private static RengoException invalid(String what, String field, String mend) {
    return new RengoException(ErrorCode.TASK_INVALID, what, "model." + field, mend);
  }
}
