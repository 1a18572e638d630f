package io.rengo.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// What a data key is for: the update of one member to one round. A key opens nothing in another
/// context, and the key service's policies can tell contexts apart.
public record KeyContext(String federation, String job, int round, String member) {
  /// Who stands for the round itself: no member can have this name.
  static final String ROUND = "(round)";

  /// The context of a round's own key.
  public static KeyContext ofRound(String federation, String job, int round) {
    return new KeyContext(federation, job, round, ROUND);
  }

  /// The context of the round that the update is for.
  public KeyContext ofRound() {
    return ofRound(federation, job, round);
  }

  /// As the key service's encryption context.
  public Map<String, String> asMap() {
    return new TreeMap<>(
        Map.of(
            "federation",
            federation,
            "job",
            job,
            "round",
            Integer.toString(round),
            "member",
            member));
  }

  /// As bytes that are other ones for every other context.
  public ByteBuffer bytes() {
    String text = String.join("\n", "rengo/update/1", federation, job, "" + round, member);
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
