package io.rengo.cdk;

import java.util.Optional;
import software.constructs.Node;

/// The values given by `-c name=value`, in `cdk.json` or by a program.
record Context(Node node) {
  /// The value, or empty where there is none or a blank one.
  Optional<String> text(String name) {
    return Optional.ofNullable(node.tryGetContext(name))
        .map(Object::toString)
        .filter(text -> !text.isBlank());
  }

  String text(String name, String standard) {
    return text(name).orElse(standard);
  }

  boolean flag(String name, boolean standard) {
    String text = text(name, Boolean.toString(standard));
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name, text, "true or false");
    };
  }

  int number(String name, int standard) {
    String text = text(name, Integer.toString(standard));
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong(name, text, "a whole number");
    }
  }

  String required(String name, String mend) {
    return text(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no value is given (at context " + name + "). " + mend + "."));
  }

  private static IllegalArgumentException wrong(String name, String text, String expected) {
    return new IllegalArgumentException(
        "«%s» is not %s (at context %s). Give -c %s=%s."
            .formatted(text, expected, name, name, expected));
  }
}
