package io.rengo.local.states;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The names that begin with `$` in an expression.
///
/// @param all every one
/// @param bound those that the expression itself binds: by `:=`, as a parameter, by `@` or `#`
record ExpressionNames(Set<String> all, Set<String> bound) {
  private static final Set<String> BUILT_IN =
      Set.of(
          ("abs append assert average base64decode base64encode boolean ceil clone contains count"
                  + " decodeUrl decodeUrlComponent distinct each encodeUrl encodeUrlComponent error"
                  + " exists filter floor formatBase formatInteger formatNumber fromMillis join keys"
                  + " length lookup lowercase map match max merge millis min not now number pad"
                  + " parse parseInteger partition power range reduce replace reverse round shuffle"
                  + " sift single sort split spread sqrt string substring substringAfter"
                  + " substringBefore sum toMillis trim type uppercase zip")
              .split(" "));
  private static final Map<String, String> REFUSED =
      Map.of(
          "uuid", "LocalStack does not have it; make the id in a function",
          "hash", "LocalStack does not have it; hash in a function",
          "random", "a seed is not known to LocalStack; draw in a function",
          "eval", "AWS Step Functions does not have it; use $parse for JSON",
          "", "LocalStack does not have it, nor AWS outside of a step; name the value",
          "$", "AWS Step Functions does not have it; name the value");

  private static final Pattern TEXT =
      Pattern.compile(
          "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|`[^`]*+`|/\\*.*?\\*/"
              + "|(?<=[(,\\[=>:?]\\s{0,9})/(?:\\\\.|[^/\\\\\\n])+/[im]*",
          Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("\\$(\\$|\\w*)");
  private static final Pattern BINDING =
      Pattern.compile("\\$(\\w+)\\s*:=|[@#]\\s*\\$(\\w+)|(?:function|λ)\\s*\\(([^)]*)\\)");

  static ExpressionNames of(String source) {
    String code = TEXT.matcher(source).replaceAll(" ");
    Set<String> bound = new TreeSet<>();
    BINDING.matcher(code).results().map(MatchResult::group).forEach(b -> bound.addAll(names(b)));
    return new ExpressionNames(names(code), bound);
  }

  /// Refuses what AWS or LocalStack would not evaluate.
  void check(String where) {
    for (String name : all) {
      String reason = REFUSED.get(name);
      if (reason != null && !bound.contains(name)) {
        throw Fields.invalid(
            "$" + name + " in an expression", where, "Write it without: " + reason);
      }
    }
  }

  /// The names that the expression does not bind itself.
  Set<String> free() {
    return all.stream()
        .filter(Predicate.not(bound::contains))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Whether a name has a value where no state assigns it. A variable may have such a name; it then
  /// hides the function.
  static boolean isBuiltIn(String name) {
    return name.equals("states") || BUILT_IN.contains(name);
  }

  private static Set<String> names(String code) {
    return NAME.matcher(code).results().map(name -> name.group(1)).collect(Collectors.toSet());
  }
}
