package io.rengo.cdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A state machine's definition and what it is to be filled in with: the placeholders `${Name}`
/// tell which functions it calls, and so what its role may do.
record Definition(Path file, Set<String> placeholders) {
  /// The other state machine, for one that starts rounds.
  static final String ROUND_STATE_MACHINE = "RoundStateMachine";

  /// The other state machine, for one that starts asynchronous jobs.
  static final String BUFFER_STATE_MACHINE = "BufferStateMachine";

  /// The federation's members, separated by commas.
  static final String MEMBERS = "Members";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z]+)}");

  static Definition read(Path file) {
    Definition definition = new Definition(file, placeholders(file));
    Set<String> unknown = new TreeSet<>(definition.placeholders);
    unknown.removeAll(List.of(ROUND_STATE_MACHINE, BUFFER_STATE_MACHINE, MEMBERS));
    Arrays.stream(Step.values()).map(Definition::placeholder).forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is known to fill in for %s (at %s). Name a step as ${<Step>Function}, ${%s}, ${%s} or ${%s}."
              .formatted(unknown, file, ROUND_STATE_MACHINE, BUFFER_STATE_MACHINE, MEMBERS));
    }
    return definition;
  }

  /// How a definition names the function of a step.
  static String placeholder(Step step) {
    return step.id + "Function";
  }

  /// The steps that the definition calls.
  List<Step> steps() {
    return Arrays.stream(Step.values())
        .filter(step -> placeholders.contains(placeholder(step)))
        .toList();
  }

  /// The placeholders of the state machines that the definition starts.
  List<String> starts() {
    return Stream.of(ROUND_STATE_MACHINE, BUFFER_STATE_MACHINE)
        .filter(placeholders::contains)
        .toList();
  }

  private static Set<String> placeholders(Path file) {
    try {
      return PLACEHOLDER
          .matcher(Files.readString(file))
          .results()
          .map((MatchResult match) -> match.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the state machine's definition " + file, e);
    }
  }
}
