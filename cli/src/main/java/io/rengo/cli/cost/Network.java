package io.rengo.cli.cost;

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

  /// Seconds that one connection needs for so many bytes.
  double one(double bytes) {
    return bytes / MEGA / connection;
  }
}
