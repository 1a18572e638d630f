package io.rengo.protocol.trust;

/// Where a cloud looks up revoked certificates before it gives its own credentials for one, as AWS
/// IAM Roles Anywhere does.
@FunctionalInterface
public interface RevocationLists {
  /// What became of a list.
  enum Put {
    /// The trust anchor had none.
    IMPORTED,
    /// It took the place of the one that was there.
    REPLACED
  }

  /// Makes a list the one that a trust anchor goes by.
  ///
  /// @param anchor which trust anchor, as the cloud names it
  /// @param name of the list, for people
  /// @param pem the list, as `rengo` writes it
  Put put(String anchor, String name, String pem);
}
