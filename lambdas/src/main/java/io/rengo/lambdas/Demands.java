package io.rengo.lambdas;

import io.rengo.protocol.Trust;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// What a deployment demands of members' updates.
///
/// @param sealed payloads are sealed
/// @param authority who vouches for members: then updates and tasks are signed
/// @param presigned whether some members have no credentials for AWS: then each round has a key
///   that they seal to
public record Demands(boolean sealed, Optional<X509Certificate> authority, boolean presigned) {
  /// Of members that all have credentials.
  public Demands(boolean sealed, Optional<X509Certificate> authority) {
    this(sealed, authority, false);
  }

  /// Nothing: for members and steps that share one process.
  public static final Demands NONE = new Demands(false, Optional.empty());

  /// What is demanded of the updates to a job that starts now.
  Trust trust() {
    return new Trust(sealed, authority.isPresent());
  }
}
