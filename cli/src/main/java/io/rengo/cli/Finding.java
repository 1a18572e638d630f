package io.rengo.cli;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What an examination of the machine found of one thing.
///
/// @param found version or place, or why it does not do
/// @param purpose what needs it
/// @param mend how to get it
record Finding(String name, Verdict verdict, String found, String purpose, String mend) {
  /// Whether a thing is there.
  enum Verdict {
    @JsonProperty("found")
    FOUND,
    /// Not there, and only some commands need it.
    @JsonProperty("absent")
    ABSENT,
    /// Not there, and nothing runs without it.
    @JsonProperty("missing")
    MISSING
  }
}
