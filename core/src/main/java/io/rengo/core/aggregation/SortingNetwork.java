package io.rengo.core.aggregation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Puts whole rows of a tile into order: afterwards row 0 holds each column's smallest number, row
/// 1 the next, and so on. Batcher's merge exchange (Knuth, "The Art of Computer Programming" 3,
/// 5.2.2, algorithm M), a fixed sequence of comparisons of two rows, each of which is two loops
/// that the compiler turns into vector instructions. What does not lead to a wanted row is left
/// out.
final class SortingNetwork {
  private static final int MINIMUM = 1;
  private static final int MAXIMUM = 2;

  /// @param low the row that gets the minima
  /// @param high the row that gets the maxima
  /// @param wanted which of them somebody reads later
  private record Exchange(int low, int high, int wanted) {}

  private final Exchange[] exchanges;

  private SortingNetwork(List<Exchange> exchanges) {
    this.exchanges = exchanges.toArray(Exchange[]::new);
  }

  /// A network over so many rows, of which those from `from` to before `to` come out right; the
  /// others come out in any state.
  static SortingNetwork of(int rows, int from, int to) {
    BitSet wanted = new BitSet(rows);
    wanted.set(from, to);
    List<Exchange> backwards = new ArrayList<>();
    for (Exchange each : mergeExchange(rows).reversed()) {
      int outputs = (wanted.get(each.low) ? MINIMUM : 0) | (wanted.get(each.high) ? MAXIMUM : 0);
      if (outputs != 0) {
        backwards.add(new Exchange(each.low, each.high, outputs));
        wanted.set(each.low);
        wanted.set(each.high);
      }
    }
    return new SortingNetwork(backwards.reversed());
  }

  private static List<Exchange> mergeExchange(int rows) {
    List<Exchange> exchanges = new ArrayList<>();
    int half = Integer.highestOneBit(Math.max(1, rows - 1));
    for (int p = half; p > 0 && rows > 1; p /= 2) {
      int q = half;
      int r = 0;
      int d = p;
      while (d > 0) {
        for (int i = 0; i < rows - d; i++) {
          if ((i & p) == r) {
            exchanges.add(new Exchange(i, i + d, MINIMUM | MAXIMUM));
          }
        }
        d = q - p;
        q /= 2;
        r = p;
      }
    }
    return exchanges;
  }

  /// Number of comparisons of two rows.
  int size() {
    return exchanges.length;
  }

  /// Sorts the columns. The rows change places, with the spare one at the end of the array too.
  ///
  /// @param keys one more row than the network has; the last one holds nothing
  void sort(int[][] keys) {
    int spare = keys.length - 1;
    for (Exchange each : exchanges) {
      int[] low = keys[each.low];
      int[] high = keys[each.high];
      switch (each.wanted) {
        case MINIMUM -> minima(low, high, low);
        case MAXIMUM -> maxima(low, high, high);
        default -> {
          int[] free = keys[spare];
          minima(low, high, free);
          maxima(low, high, high);
          keys[each.low] = free;
          keys[spare] = low;
        }
      }
    }
  }

  private static void minima(int[] a, int[] b, int[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = Math.min(a[i], b[i]);
    }
  }

  private static void maxima(int[] a, int[] b, int[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = Math.max(a[i], b[i]);
    }
  }
}
