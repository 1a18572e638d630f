package io.rengo.local.states;

import static io.rengo.local.states.Trial.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $states.input.rows.k                      | [1, 2]
          $states.input.rows[k = 2].k               | 2
          [$states.input.rows[k = 2].k]             | [2]
          $states.input.one                         | [1]
          $states.input.nothing                     | null
          $states.input.half * 2                    | 1
          $states.input.half                        | 0.5
          $states.input.big + 1                     | 12345678902
          [0..($count($states.input.rows) - 1)]     | [0, 1]
          [0..-1]                                   | []
          $parse('{"a": [1]}')                      | {"a": [1]}
          $range(0, 10, 5)                          | [0, 5, 10]
          $range(3, 1, -1)                          | [3, 2, 1]
          $partition([1, 2, 3], 2)                  | [[1, 2], [3]]
          $string($states.input.rows[0])            | "{\\"k\\":1}"
          $merge([$states.input.rows[0], {"z": 1}]) | {"k": 1, "z": 1}
          """)
  void an_expression_has_a_value(String source, String value) throws StateError {
    assertThat(evaluate(source)).isEqualTo(json(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $states.input.typo      | returned nothing (undefined)
          $states.input.half + 'a' | failed:
          1 / 0                   | failed:
          function($x) { $x }     | not JSON
          $error('why')           | why
          $parse('{')             | failed:
          """)
  void an_expression_without_a_value_fails(String source, String message) {
    assertThatThrownBy(() -> evaluate(source))
        .isInstanceOfSatisfying(
            StateError.class,
            e -> {
              assertThat(e.error()).isEqualTo("States.QueryEvaluationError");
              assertThat(e.cause()).contains("«" + source + "» of here").contains(message);
            });
  }

  @Test
  void many_threads_evaluate_one_expression() throws Exception {
    Expression expression =
        Expression.parse("$sum($map($states.input.a, function($v) { $v * $factor }))", "here");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> results =
          threads.invokeAll(
              IntStream.range(0, 200)
                  .<Callable<Boolean>>mapToObj(n -> () -> isRight(expression, n))
                  .toList());
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    }
  }

  private static boolean isRight(Expression expression, int n) throws StateError {
    Scope scope = Scope.empty();
    scope.assign(Map.of("factor", json("" + n)));
    Bindings bindings = Bindings.of(json("{'a': [1, 2, " + n + "]}"), json("{}"), scope);
    return expression.evaluate(bindings).equals(json("" + n * (3 + n)));
  }

  private static JsonNode evaluate(String source) throws StateError {
    return Expression.parse(source, "here")
        .evaluate(
            Bindings.of(
                json(
                    "{'rows': [{'k': 1}, {'k': 2}], 'one': [1], 'nothing': null, 'half': 0.5,"
                        + " 'big': 12345678901}"),
                json("{}"),
                Scope.empty()));
  }
}
