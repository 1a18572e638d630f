package io.rengo.protocol;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Which known name a misspelt one stands for.
final class Spelling {
  private Spelling() {}

  /// The candidate nearest to the name, where one is near enough to be meant: one letter apart, or
  /// two where the name has four letters or more.
  static Optional<String> nearest(String name, Collection<String> candidates) {
    int most = name.length() < 4 ? 1 : 2;
    return candidates.stream()
        .filter(candidate -> distance(name, candidate) <= most)
        .min(
            Comparator.comparingInt((String candidate) -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// The number of letters to insert, remove or replace that makes one of the other (Levenshtein).
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
