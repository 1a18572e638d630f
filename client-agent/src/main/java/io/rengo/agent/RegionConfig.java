package io.rengo.agent;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The federation that a member is, where it is a region: its agent is the region's combiner.
///
/// @param federation its name
/// @param environment by which variables its place differs from that of the federation above
public record RegionConfig(String federation, Map<String, String> environment) {
  /// As it stands in the agent's configuration.
  record Written(String federation, Optional<Map<String, String>> environment) {}

  static RegionConfig of(Written written) {
    return new RegionConfig(
        written.federation(), Map.copyOf(written.environment().orElse(Map.of())));
  }

  /// The variables by which the region's ports are opened.
  ///
  /// @param process the process's own
  Map<String, String> variables(Map<String, String> process) {
    Map<String, String> variables = new TreeMap<>(process);
    variables.putAll(environment);
    variables.put("RENGO_FEDERATION", federation);
    return variables;
  }
}
