package io.rengo.lambdas;

import io.rengo.protocol.Trust;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// What a deployment demands of members' updates.
///
/// @param sealed payloads are sealed
/// @param authority who vouches for members: then updates and tasks are signed
public record Demands(boolean sealed, Optional<X509Certificate> authority) {
  /// Nothing: for members and steps that share one process.
  public static final Demands NONE = new Demands(false, Optional.empty());

  /// What is demanded of the updates to a job that starts now.
  Trust trust() {
    return new Trust(sealed, authority.isPresent());
  }
}
