package io.rengo.trainer.dense;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.Layout;
import io.rengo.core.TensorSpec;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// A job file's `model` section: the widths from input to output, what follows the hidden layers,
/// and the loss. Without hidden layers it is linear, logistic or softmax regression.
///
/// Its tensors are `layers.0.kernel` `[in, out]` (row-major), `layers.0.bias` `[out]`,
/// `layers.1.kernel`, …
record DenseModel(List<Integer> widths, Activation activation, Loss loss) {
  DenseModel {
    widths = List.copyOf(widths);
  }

  /// Reads the section and checks that the layout is its own.
  static DenseModel of(JsonNode section, Layout layout) {
    List<Integer> widths = new ArrayList<>();
    for (JsonNode width : section.path("layers")) {
      if (!width.canConvertToInt() || width.intValue() < 1) {
        throw invalid("a layer has width " + width, "layers", "Give whole numbers from 1");
      }
      widths.add(width.intValue());
    }
    if (widths.size() < 2) {
      throw invalid("layers has fewer than two widths", "layers", "Give input to output widths");
    }
    Loss loss = loss(section.path("loss").asText("softmax-cross-entropy"));
    int outputs = widths.getLast();
    if (loss != Loss.SOFTMAX_CROSS_ENTROPY && outputs != 1) {
      throw invalid(
          "%s has one output, not %d".formatted(loss.title(), outputs),
          "layers",
          "End layers with 1, or use softmax-cross-entropy");
    }
    DenseModel model =
        new DenseModel(widths, activation(section.path("activation").asText("relu")), loss);
    if (!model.layout().equals(layout)) {
      throw invalid(
          "the task's layout is " + layout.tensors() + ", the model's " + model.layout().tensors(),
          "layers",
          "Make the initial model of this section");
    }
    return model;
  }

  /// The tensors in their order.
  Layout layout() {
    return new Layout(
        IntStream.range(0, widths.size() - 1)
            .boxed()
            .flatMap(i ->
                List.of(
                    new TensorSpec(
                        "layers." + i + ".kernel", List.of(widths.get(i), widths.get(i + 1))),
                    new TensorSpec("layers." + i + ".bias", List.of(widths.get(i + 1))))
                    .stream())
            .toList());
  }

  int inputs() {
    return widths.getFirst();
  }

  int outputs() {
    return widths.getLast();
  }

  private static Loss loss(String title) {
    return Arrays.stream(Loss.values())
        .filter(loss -> loss.title().equals(title))
        .findFirst()
        .orElseThrow(() ->
            invalid(
                "there is no loss '" + title + "'",
                "loss",
                "Use softmax-cross-entropy, logistic or mse"));
  }

  private static Activation activation(String title) {
    return Arrays.stream(Activation.values())
        .filter(activation -> activation.name().toLowerCase(Locale.ROOT).equals(title))
        .findFirst()
        .orElseThrow(() ->
            invalid(
                "there is no activation '" + title + "'",
                "activation",
                "Use relu, tanh or sigmoid"));
  }

  private static RengoException invalid(String what, String field, String mend) {
    return new RengoException(ErrorCode.TASK_INVALID, what, "model." + field, mend);
  }
}
