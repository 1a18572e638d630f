package io.rengo.cli.cost;

import io.rengo.core.ContentHash;

/// How fast bytes move: assumptions, which the estimate names.
///
/// @param connection MB a second over one connection to S3, for members and functions alike
/// @param connections that a function reads over at the same time
/// @param function the most MB a second that one function reads
/// @param outside whether members are outside AWS, so that what they read is egress
public record Network(double connection, int connections, double function, boolean outside) {
  private static final double MEGA = 1e6;

  /// Seconds that a function needs to read so many bytes in large pieces.
  double read(double bytes) {
    return bytes / MEGA / Math.min(connection * connections, function);
  }

  /// Seconds that a member needs to put an object: a large one goes in parts, over as many
  /// connections as there are parts.
  double put(double bytes) {
    return one(bytes) / Math.min(connections, parts(bytes));
  }

  /// Requests that put an object.
  static double puts(double bytes) {
    return parts(bytes) == 1 ? 1 : parts(bytes) + 2;
  }

  private static double parts(double bytes) {
    return Math.max(1, Math.ceil(bytes / ContentHash.PART));
  }

  /// Seconds that one connection needs for so many bytes.
  double one(double bytes) {
    return bytes / MEGA / connection;
  }
}
