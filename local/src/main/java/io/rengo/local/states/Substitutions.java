package io.rengo.local.states;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `${names}` in a definition, as AWS CloudFormation's DefinitionSubstitutions fills them in.
final class Substitutions {
  private static final Pattern NAME = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");

  private Substitutions() {}

  static String apply(String json, Map<String, String> values) {
    return NAME.matcher(json)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), values)));
  }

  private static String value(String name, Map<String, String> values) {
    String value = values.get(name);
    if (value == null) {
      throw Fields.invalid(
          "no value for ${" + name + "}",
          "the substitutions",
          "Give it a value; there are: " + new TreeSet<>(values.keySet()));
    }
    return new String(JsonStringEncoder.getInstance().quoteAsString(value));
  }
}
