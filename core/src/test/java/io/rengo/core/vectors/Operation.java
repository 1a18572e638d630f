package io.rengo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// Runs one operation on the inputs of a case of test vectors. The cases of `trimmed_mean.json` are
/// run by the class `TrimmedMeanVectors` of this package, which needs no entry anywhere: adding an
/// operation is adding that class.
interface Operation {
  /// What the product's code gives, in the shape of the case's `expected`: arrays, lists, maps,
  /// records, numbers and strings, as Jackson writes them.
  Object run(JsonNode inputs, JsonNode params);

  /// The runner of a file's cases, where there is one.
  static Optional<Operation> named(String operation) {
    String type =
        Arrays.stream(operation.split("_"))
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining("", Operation.class.getPackageName() + ".", "Vectors"));
    try {
      return Optional.of((Operation) Class.forName(type).getDeclaredConstructor().newInstance());
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " cannot be made", e);
    }
  }
}
