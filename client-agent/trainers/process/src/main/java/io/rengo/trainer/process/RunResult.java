package io.rengo.trainer.process;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rengo.core.MetricSums;
import org.jspecify.annotations.Nullable;

/// `result.json`: what the command says that it did.
///
/// @param examples rows trained on or evaluated
/// @param steps minibatches trained on; 0 or missing after an evaluation
/// @param loss mean loss of a row
/// @param metrics of an evaluation
record RunResult(
    @JsonProperty(value = "examples", required = true) long examples,
    @JsonProperty("steps") long steps,
    @JsonProperty(value = "loss", required = true) double loss,
    @JsonProperty("metrics") @Nullable Metrics metrics) {
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /// @param squaredError sum of the rows' squared errors, of a regression
  /// @param confusion `confusion[actual][predicted]` counts, of a classification
  record Metrics(
      @JsonProperty("squaredError") double squaredError,
      @JsonProperty("confusion") long @Nullable [][] confusion) {}

  /// Reads the file's text; throws [IllegalArgumentException] that says what is wrong with it.
  static RunResult parse(String text) {
    RunResult result;
    try {
      result = STRICT.readValue(text, RunResult.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
    if (result == null || result.examples < 1) {
      throw new IllegalArgumentException("examples must be 1 or more");
    }
    if (!Double.isFinite(result.loss)) {
      throw new IllegalArgumentException("loss is " + result.loss);
    }
    return result;
  }

  /// The metrics as sums; throws [IllegalArgumentException] where they cannot be.
  MetricSums sums() {
    Metrics given = metrics == null ? new Metrics(0, null) : metrics;
    long[][] confusion = given.confusion == null ? new long[0][] : given.confusion;
    MetricSums sums = new MetricSums(examples, loss * examples, given.squaredError, confusion);
    sums.check();
    return sums;
  }
}
