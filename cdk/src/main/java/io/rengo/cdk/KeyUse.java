package io.rengo.cdk;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;

/// The use of the data key, only ever through the services that hold the data.
final class KeyUse {
  private KeyUse() {}

  /// A statement that holds where one of these services of the stack's region asks.
  static PolicyStatement.Builder through(Stack stack, String... services) {
    List<String> hosts =
        Stream.of(services)
            .map(service -> service + "." + stack.getRegion() + ".amazonaws.com")
            .toList();
    return PolicyStatement.Builder.create()
        .conditions(Map.of("StringEquals", Map.of("kms:ViaService", hosts)));
  }
}
