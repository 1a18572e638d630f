package io.rengo.identity;

import io.rengo.protocol.trust.Identity;
import io.rengo.protocol.trust.Role;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Every certificate that a federation issued, in the order in which it did.
///
/// @param lists how many lists of revoked certificates were made
public record Register(int version, String federation, long lists, List<Entry> entries) {
  /// The version that this program writes and understands.
  public static final int VERSION = 1;

  /// One certificate.
  ///
  /// @param serial its number, in hex
  /// @param revoked when it was revoked, if it was
  public record Entry(
      String name,
      Role role,
      String organisation,
      String serial,
      Instant begins,
      Instant ends,
      Optional<Instant> revoked) {
    /// Whether it is good at a moment, by the register.
    public boolean isGood(Instant now) {
      return revoked.isEmpty() && now.isBefore(ends);
    }

    /// Whether it is about two thirds through its life.
    public boolean isDue(Instant now) {
      return !now.isBefore(new Identity(name, role, organisation, serial, begins, ends).renewal());
    }

    Entry revokedAt(Instant when) {
      return revoked.isPresent()
          ? this
          : new Entry(name, role, organisation, serial, begins, ends, Optional.of(when));
    }
  }

  public Register {
    entries = List.copyOf(entries);
  }

  /// The newest good certificate of a name.
  public Optional<Entry> good(String name, Instant now) {
    return entries.reversed().stream()
        .filter(entry -> entry.name().equals(name) && entry.isGood(now))
        .findFirst();
  }

  Register with(Entry entry) {
    List<Entry> more = new ArrayList<>(entries);
    more.add(entry);
    return new Register(version, federation, lists, more);
  }

  Register change(UnaryOperator<Entry> change) {
    return new Register(version, federation, lists, entries.stream().map(change).toList());
  }

  Register withNextList() {
    return new Register(version, federation, lists + 1, entries);
  }

  Map<BigInteger, Instant> revoked() {
    Map<BigInteger, Instant> revoked = new TreeMap<>();
    entries.forEach(entry ->
        entry.revoked().ifPresent(when -> revoked.put(new BigInteger(entry.serial(), 16), when)));
    return revoked;
  }
}
