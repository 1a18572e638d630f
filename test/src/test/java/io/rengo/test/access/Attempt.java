package io.rengo.test.access;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Something that somebody tries, and what must come of it.
///
/// @param who a member, a function or a state machine
/// @param action as IAM calls it
/// @param on in words, names between backticks
record Attempt(String who, String action, String on, boolean allowed) {
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  /// The names in the words.
  List<String> names() {
    Matcher matcher = NAME.matcher(on);
    List<String> names = new ArrayList<>();
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  String name() {
    return names().getFirst();
  }

  @Override
  public String toString() {
    return who + " " + action + " " + on + ": " + (allowed ? "allowed" : "refused");
  }
}
