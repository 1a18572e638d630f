package io.rengo.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// The rules of single fields of the job file.
final class Check {
  private Check() {}

  static void that(boolean holds, String what, String field, String mend) {
    if (!holds) {
      throw new RengoException(ErrorCode.JOB_INVALID, what, field, mend);
    }
  }

  static void oneOf(String value, String field, String... allowed) {
    that(
        List.of(allowed).contains(value),
        "«" + value + "» is not known",
        field,
        "Use one of: " + String.join(", ", allowed));
  }

  static void atLeast(long value, long least, String field) {
    that(value >= least, value + " is below " + least, field, "Give " + least + " or more");
  }

  static void inRange(long value, long from, long to, String field) {
    that(
        value >= from && value <= to,
        value + " is not between " + from + " and " + to,
        field,
        "Give a whole number from " + from + " to " + to);
  }

  static void section(JsonNode value, String field, String mend) {
    if (!value.isObject()) {
      that(false, value + " is not a section of fields", field, mend);
    }
  }

  static void inRange(double value, double from, double to, String field) {
    that(
        value >= from && value <= to,
        value + " is not between " + from + " and " + to,
        field,
        "Give a number from " + from + " to " + to);
  }

  static void positive(double value, String field) {
    that(
        value > 0 && Double.isFinite(value),
        value + " is not a positive number",
        field,
        "Give a number above 0");
  }
}
