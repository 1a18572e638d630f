package io.rengo.core.aggregation;

import io.rengo.core.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/// The inner products and the squared distances of the rows of a matrix, or of one tile of it;
/// those of several tiles add up. Distances are kept beside the products, since they do not follow
/// from them where rows lie close together and far from the origin. Or the squared norms alone,
/// where nothing else is needed.
public final class Gram {
  private final int rows;
  private final boolean full;
  private final double[] products;
  private final double[] distances;

  private Gram(int rows, boolean full) {
    if (rows < 1) {
      throw new IllegalArgumentException("the products of " + rows + " rows");
    }
    this.rows = rows;
    this.full = full;
    int size = full ? Math.toIntExact((long) rows * (rows + 1) / 2) : rows;
    this.products = new double[size];
    this.distances = new double[full ? size : 0];
  }

  /// Of rows without columns.
  ///
  /// @param full whether every pair counts, or the norms alone
  public static Gram zero(int rows, boolean full) {
    return new Gram(rows, full);
  }

  /// Number of rows.
  public int rows() {
    return rows;
  }

  /// Whether it knows every pair of rows, or the norms alone.
  public boolean isFull() {
    return full;
  }

  /// `<x_i, x_j>`.
  public double product(int i, int j) {
    return products[index(i, j)];
  }

  /// `|x_i - x_j|^2`, never below 0.
  public double squaredDistance(int i, int j) {
    return i == j ? 0 : Math.max(0, distances[index(i, j)]);
  }

  /// `|x_i|`.
  public double norm(int i) {
    return Math.sqrt(product(i, i));
  }

  /// The norms of the first rows.
  public double[] norms(int count) {
    double[] norms = new double[count];
    for (int i = 0; i < count; i++) {
      norms[i] = norm(i);
    }
    return norms;
  }

  /// The cosine of two rows; 0 where one of them is zero.
  public double cosine(int i, int j) {
    double norms = norm(i) * norm(j);
    return norms == 0 ? 0 : product(i, j) / norms;
  }

  /// Whether all values of a row are finite numbers.
  public boolean isFinite(int i) {
    return Double.isFinite(product(i, i));
  }

  /// Of some of the rows, in this order.
  public Gram select(int[] chosen) {
    Gram selected = new Gram(chosen.length, full);
    for (int i = 0; i < chosen.length; i++) {
      for (int j = full ? 0 : i; j <= i; j++) {
        double distance = full ? distances[index(chosen[i], chosen[j])] : 0;
        selected.add(i, j, product(chosen[i], chosen[j]), distance);
      }
    }
    return selected;
  }

  /// Adds those of another tile of the same rows.
  public void merge(Gram other) {
    if (other.rows != rows || other.full != full) {
      throw new IllegalArgumentException(
          "products of " + other.rows + " rows merged into those of " + rows);
    }
    for (int i = 0; i < products.length; i++) {
      products[i] += other.products[i];
    }
    for (int i = 0; i < distances.length; i++) {
      distances[i] += other.distances[i];
    }
  }

  void add(int i, int j, double product, double squaredDistance) {
    int index = index(i, j);
    products[index] += product;
    if (full) {
      distances[index] += squaredDistance;
    }
  }

  private int index(int i, int j) {
    if (full) {
      int high = Math.max(i, j);
      return high * (high + 1) / 2 + Math.min(i, j);
    }
    if (i != j) {
      throw new IllegalStateException("the norms alone were measured");
    }
    return i;
  }

  /// As bytes, little-endian: the number of rows (negative where the norms alone are there), then
  /// the products and the distances in float64, exactly.
  public ByteBuffer encode() {
    ByteBuffer bytes =
        ByteBuffer.allocate(
                Math.multiplyExact(Double.BYTES, 1 + products.length + distances.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(full ? rows : -rows);
    bytes.asDoubleBuffer().put(products).put(distances);
    return bytes.rewind();
  }

  /// What [#encode] has written. Throws [FormatException] where the bytes are none.
  public static Gram decode(ByteBuffer encoded) {
    ByteBuffer bytes = encoded.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() < 2 * Long.BYTES || bytes.remaining() % Double.BYTES != 0) {
      throw new FormatException(bytes.remaining(), "products of rows end here, inside a number");
    }
    long count = bytes.getLong();
    long rows = Math.abs(count);
    long size = (count > 0 ? rows * (rows + 1) : rows) * Double.BYTES;
    if (rows < 1 || rows > 1 << 16 || size != bytes.remaining()) {
      throw new FormatException(0, "products of " + count + " rows cannot be");
    }
    Gram gram = new Gram((int) rows, count > 0);
    DoubleBuffer doubles = bytes.asDoubleBuffer();
    doubles.get(gram.products);
    doubles.get(gram.distances);
    return gram;
  }
}
