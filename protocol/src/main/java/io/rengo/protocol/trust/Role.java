package io.rengo.protocol.trust;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What the holder of a certificate is to a federation.
public enum Role {
  /// Starts and stops jobs.
  @JsonProperty("operator")
  OPERATOR,
  /// Trains and sends updates.
  @JsonProperty("member")
  MEMBER,
  /// Reads and verifies ledgers.
  @JsonProperty("auditor")
  AUDITOR,
  /// The federation's own functions: they sign tasks and ledgers.
  @JsonProperty("coordinator")
  COORDINATOR;

  /// As it is written in certificates.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The role that is written so.
  public static Optional<Role> of(String text) {
    return Stream.of(values()).filter(role -> role.text().equals(text)).findFirst();
  }
}
