package io.rengo.protocol;

import java.util.Map;
import java.util.ServiceLoader;

/// Opens the ports of a place to run; found by [ServiceLoader], so that the code above the ports is
/// compiled against none of the places.
public interface PortsProvider {
  /// The ports that the environment variables describe: `RENGO_FEDERATION` and the place's own.
  Ports open(Map<String, String> environment);

  /// What an operator's commands use beside the ports.
  default OperatorPorts operator(Map<String, String> environment) {
    throw new RengoException(
        ErrorCode.PREREQUISITE_MISSING,
        "this place has no key service and no trust anchors",
        getClass().getName(),
        "Start this program from its distribution, which brings those of AWS");
  }

  /// Loads what the first calls of the ports would load, so that a snapshot of the process holds
  /// it. Opens no connection.
  default void warmUp() {}

  /// The ports of the one provider that this process has.
  static Ports fromEnvironment(Map<String, String> environment) {
    return find().open(environment);
  }

  /// The one provider that this process has.
  static PortsProvider find() {
    return ServiceLoader.load(PortsProvider.class)
        .findFirst()
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.PREREQUISITE_MISSING,
                "no provider of ports is on the class path",
                PortsProvider.class.getName(),
                "Start this program from its distribution, which brings the AWS ports"));
  }
}
