package io.rengo.trainer.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.Layout;
import io.rengo.core.TensorSpec;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseTrainerProviderTest {
  private static final Layout LAYOUT =
      new Layout(
          List.of(
              new TensorSpec("layers.0.kernel", List.of(4, 3)),
              new TensorSpec("layers.0.bias", List.of(3)),
              new TensorSpec("layers.1.kernel", List.of(3, 2)),
              new TensorSpec("layers.1.bias", List.of(2))));

  @Test
  void provider_isFoundByItsName() {
    assertThat(ServiceLoader.load(TrainerProvider.class))
        .anyMatch(provider -> provider.name().equals("dense"));
  }

  @Test
  void section_isReadWithItsDefaults() {
    assertThat(read("{'kind':'mlp','layers':[4,3,2]}"))
        .isEqualTo(new DenseModel(List.of(4, 3, 2), Activation.RELU, Loss.SOFTMAX_CROSS_ENTROPY));
    assertThat(read("{'layers':[4,3,2],'activation':'tanh','loss':'softmax-cross-entropy'}"))
        .isEqualTo(new DenseModel(List.of(4, 3, 2), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'layers':[4,3,3]}                      | layout",
        "{'layers':[4,2]}                        | layout",
        "{'layers':[4]}                          | fewer than two",
        "{}                                      | fewer than two",
        "{'layers':[4,0,2]}                      | width 0",
        "{'layers':[4,3,2],'loss':'mse'}         | one output",
        "{'layers':[4,3,2],'loss':'hinge'}       | hinge",
        "{'layers':[4,3,2],'activation':'gelu'}  | gelu",
      })
  void otherModels_areRefused(String section, String named) {
    assertThatThrownBy(() -> read(section))
        .isInstanceOfSatisfying(
            RengoException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.TASK_INVALID))
        .hasMessageContaining(named);
  }

  private static DenseModel read(String json) {
    try {
      return DenseModel.of(new JsonMapper().readTree(json.replace('\'', '"')), LAYOUT);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
