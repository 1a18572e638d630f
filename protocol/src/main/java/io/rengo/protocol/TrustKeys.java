package io.rengo.protocol;

/// The keys of what a federation's operator publishes for its functions and members.
public final class TrustKeys {
  /// What all keys below begin with.
  public static final String PREFIX = "federation/";

  /// The authority's certificate.
  public static final String AUTHORITY = PREFIX + "ca.pem";

  /// The newest list of revoked certificates.
  public static final String REVOKED = PREFIX + "crl.pem";

  /// The certificate of the key that the federation's functions sign with.
  public static final String COORDINATOR = PREFIX + "coordinator.pem";

  /// The newest certificate of a member, which its agent takes from here when its own nears its
  /// end.
  public static String certificate(String member) {
    return PREFIX + "certificates/" + member + ".pem";
  }

  private TrustKeys() {}
}
