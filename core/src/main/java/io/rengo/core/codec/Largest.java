package io.rengo.core.codec;

/// Which values of a vector have the largest absolute value.
public final class Largest {
  private Largest() {}

  /// The indices, ascending, of the `k` largest; of equal ones the first. NaN counts as larger than
  /// everything.
  public static int[] of(double[] values, int k) {
    double threshold = threshold(values, k);
    int above = 0;
    for (double value : values) {
      if (magnitude(value) > threshold) {
        above++;
      }
    }
    int equal = k - above;
    int[] chosen = new int[k];
    int count = 0;
    for (int i = 0; i < values.length && count < k; i++) {
      double magnitude = magnitude(values[i]);
      if (magnitude > threshold || (magnitude == threshold && equal-- > 0)) {
        chosen[count++] = i;
      }
    }
    return chosen;
  }

  private static double magnitude(double value) {
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.abs(value);
  }

  /// The `k`-th largest absolute value, by Hoare's quickselect.
  private static double threshold(double[] values, int k) {
    double[] rest = new double[values.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = magnitude(values[i]);
    }
    int wanted = rest.length - k;
    int low = 0;
    int high = rest.length - 1;
    while (low < high) {
      double pivot = medianOfThree(rest[low], rest[(low + high) >>> 1], rest[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (rest[i] < pivot) {
          i++;
        }
        while (rest[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double swapped = rest[i];
          rest[i++] = rest[j];
          rest[j--] = swapped;
        }
      }
      if (wanted <= j) {
        high = j;
      } else if (wanted >= i) {
        low = i;
      } else {
        break;
      }
    }
    return rest[wanted];
  }

  private static double medianOfThree(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
