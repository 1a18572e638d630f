package io.rengo.local.states;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/// A JSONata expression, parsed once; many threads may evaluate it.
///
/// @param where the state and field that it stands in
/// @param variables what it reads from outside, variables and functions, without the `$`
record Expression(String source, String where, Jsonata parsed, Set<String> variables) {
  static Expression parse(String source, String where) {
    ExpressionNames names = ExpressionNames.of(source);
    names.check(where);
    try {
      Jsonata parsed = Jsonata.jsonata(source);
      parsed.setOutputConvertNulls(false);
      return new Expression(source, where, parsed, names.free());
    } catch (JException e) {
      throw Fields.invalid(
          "the expression does not parse: " + e.getMessage() + ": " + source,
          where,
          "Mend the JSONata");
    }
  }

  JsonNode evaluate(Bindings bindings) throws StateError {
    Object result;
    try {
      result = parsed.evaluate(null, bindings.frame(parsed, variables));
    } catch (RuntimeException e) {
      throw failed("failed: " + e.getMessage());
    }
    if (result == null) {
      throw failed("returned nothing (undefined)");
    }
    try {
      return JsonResult.of(result);
    } catch (IllegalArgumentException e) {
      throw failed(String.valueOf(e.getMessage()));
    }
  }

  /// The error of a value that is not what the field needs.
  StateError unfit(JsonNode value, String needed) {
    return failed("returned " + value + ", not " + needed);
  }

  private StateError failed(String how) {
    return new StateError(
        StateError.QUERY, "The expression «" + source + "» of " + where + " " + how);
  }
}
