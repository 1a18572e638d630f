package io.rengo.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// What a data key is for: the update of one member to one round. A key opens nothing in another
/// context, and the key service's policies can tell contexts apart.
public record KeyContext(String federation, String job, int round, String member) {
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
