package io.rengo.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The last update of each member that is in a published model. It is kept for jobs whose members
/// keep a state from one update to the next: they go on from the one that counted.
public record Counted(Map<String, Last> last) {
  /// Of nobody.
  public static final Counted NONE = new Counted(Map.of());

  /// An update that counted.
  ///
  /// @param key the object that holds it
  /// @param sealed what it is sealed for; empty where it is not
  /// @param dataOffset byte of its content at which its data begins
  public record Last(int round, String key, Optional<KeyContext> sealed, long dataOffset) {}

  public Counted {
    last = Map.copyOf(last);
  }

  /// The last update of a member.
  public Optional<Last> of(String member) {
    return Optional.ofNullable(last.get(member));
  }

  /// The round of a member's, 0 for none.
  public int round(String member) {
    return of(member).map(Last::round).orElse(0);
  }

  /// The same with later updates.
  public Counted with(Map<String, Last> later) {
    Map<String, Last> all = new TreeMap<>(last);
    all.putAll(later);
    return new Counted(all);
  }
}
