package io.rengo.agent.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.agent.LocalTraining;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GradientStepTest {
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

  @Test
  void sgd_goesAgainstTheGradient() {
    assertThat(run(settings("sgd", 0.5, 0, 0, 0), 1, 2f)).isEqualTo(-1f, ROUNDING);
  }

  @Test
  void momentum_keepsItsVelocity() {
    assertThat(run(settings("momentum", 0.1, 0.5, 0, 0), 3, 1f))
        .isEqualTo((float) -(0.1 * (1 + 1.5 + 1.75)), ROUNDING);
  }

  @Test
  void adam_stepsByTheRateWhereTheGradientIsConstant() {
    assertThat(run(settings("adam", 0.01, 0, 0, 0), 5, 7f)).isEqualTo(-0.05f, ROUNDING);
  }

  @Test
  void proximalTerm_isZeroAtTheFirstStepAndPullsBackAfter() {
    assertThat(run(settings("sgd", 0.1, 0, 5, 0), 1, 1f)).isEqualTo(-0.1f, ROUNDING);
    assertThat(run(settings("sgd", 0.1, 0, 5, 0), 2, 1f))
        .isEqualTo((float) (-0.1 - 0.1 * (1 - 0.5)), ROUNDING);
  }

  @Test
  void clipping_boundsTheNormOverAllArrays() {
    float[][] parameters = {{0}, {0}};
    new GradientStep(settings("sgd", 1, 0, 0, 1), parameters)
        .apply(parameters, new float[][] {{3}, {4}});
    assertThat(parameters[0][0]).isEqualTo(-0.6f, ROUNDING);
    assertThat(parameters[1][0]).isEqualTo(-0.8f, ROUNDING);
  }

  @Test
  void clipping_leavesSmallGradients() {
    assertThat(run(settings("sgd", 1, 0, 0, 10), 1, 2f)).isEqualTo(-2f);
  }

  @Test
  void otherOptimizer_isRefused() {
    assertThatThrownBy(() -> run(settings("lamb", 1, 0, 0, 0), 1, 1f))
        .isInstanceOfSatisfying(
            RengoException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.TASK_INVALID));
  }

  /// What becomes of a parameter under a constant gradient, as its distance from where it began.
  private static float run(LocalTraining settings, int steps, float gradient) {
    float[][] parameters = {{2}};
    GradientStep step = new GradientStep(settings, parameters);
    for (int i = 0; i < steps; i++) {
      step.apply(parameters, new float[][] {{gradient}});
    }
    return parameters[0][0] - 2;
  }

  private static LocalTraining settings(
      String optimizer, double rate, double momentum, double mu, double clip) {
    return new LocalTraining(1, 1, optimizer, rate, momentum, mu, clip, 1);
  }
}
