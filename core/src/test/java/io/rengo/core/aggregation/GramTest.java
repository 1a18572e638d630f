package io.rengo.core.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rengo.core.FormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GramTest {
  private static ByteBuffer[] range(Matrix matrix, int from, int columns) {
    return Stream.of(matrix.buffers())
        .map(row -> row.slice(from * Float.BYTES, columns * Float.BYTES))
        .toArray(ByteBuffer[]::new);
  }

  @Test
  void those_of_tiles_add_up_to_those_of_the_whole() {
    Matrix matrix = Matrix.around(3, 1, 5, 1_500, 1);
    Gram whole = matrix.gram();
    Gram tiles = new MatrixMeasure(5).measure(range(matrix, 0, 700));
    tiles.merge(new MatrixMeasure(5).measure(range(matrix, 700, 800)));
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        assertThat(tiles.product(i, j)).isCloseTo(whole.product(i, j), within(1e-8));
        assertThat(tiles.squaredDistance(i, j))
            .isCloseTo(whole.squaredDistance(i, j), within(1e-8));
      }
    }
  }

  @Test
  void norms_alone_are_those_of_the_whole() {
    Matrix matrix = Matrix.around(1, 1, 6, 1_000, 2);
    Gram norms = new MatrixMeasure(6).norms(matrix.buffers());
    for (int i = 0; i < 6; i++) {
      assertThat(norms.norm(i)).isCloseTo(matrix.gram().norm(i), within(1e-10));
    }
    assertThatThrownBy(() -> norms.product(0, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_row_with_a_value_that_is_not_finite_is_known_and_spoils_no_norm() {
    Matrix matrix = Matrix.around(1, 1, 5, 100, 3);
    matrix.rows()[2][99] = Float.NaN;
    matrix.rows()[4][0] = Float.NEGATIVE_INFINITY;
    Gram norms = new MatrixMeasure(5).norms(matrix.buffers());
    assertThat(
            new boolean[] {
              norms.isFinite(0),
              norms.isFinite(1),
              norms.isFinite(2),
              norms.isFinite(3),
              norms.isFinite(4)
            })
        .containsExactly(true, true, false, true, false);
  }

  @Test
  void encoding_keeps_every_bit() {
    Gram gram = Matrix.around(1, 1, 4, 10, 4).gram();
    Gram decoded = Gram.decode(gram.encode());
    assertThat(decoded.encode()).isEqualTo(gram.encode());
    assertThat(decoded.squaredDistance(3, 1)).isEqualTo(gram.squaredDistance(1, 3));
    ByteBuffer cut = gram.encode();
    cut.limit(cut.limit() - Double.BYTES);
    assertThatThrownBy(() -> Gram.decode(cut)).isInstanceOf(FormatException.class);
  }

  @Test
  void selected_rows_keep_their_products() {
    Gram gram = Matrix.around(1, 1, 5, 10, 5).gram();
    Gram some = gram.select(new int[] {4, 0, 2});
    assertThat(some.rows()).isEqualTo(3);
    assertThat(some.product(0, 2)).isEqualTo(gram.product(4, 2));
    assertThat(some.squaredDistance(1, 0)).isEqualTo(gram.squaredDistance(0, 4));
    assertThat(Arrays.stream(some.norms(2)).boxed()).containsExactly(gram.norm(4), gram.norm(0));
  }
}
