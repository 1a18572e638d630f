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
  void section_isRead() {
    assertThat(
            read(
                "{'kind':'mlp','layers':[4,3,2],'activation':'tanh','loss':'softmax-cross-entropy'}"))
        .isEqualTo(new DenseModel(List.of(4, 3, 2), Activation.TANH, Loss.SOFTMAX_CROSS_ENTROPY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[4,3,3] | relu | softmax-cross-entropy | layout",
        "[4,2]   | relu | softmax-cross-entropy | layout",
        "[4]     | relu | softmax-cross-entropy | two or more",
        "[4,0,2] | relu | softmax-cross-entropy | [4, 0, 2]",
        "[4,3,2] | relu | mse                   | one output",
        "[4,3,2] | relu | hinge                 | hinge",
        "[4,3,2] | gelu | softmax-cross-entropy | gelu",
      })
  void otherModels_areRefused(String layers, String activation, String loss, String named) {
    String section =
        "{'kind':'mlp','layers':%s,'activation':'%s','loss':'%s'}"
            .formatted(layers, activation, loss);
    assertThatThrownBy(() -> read(section))
        .isInstanceOfSatisfying(
            RengoException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.TASK_INVALID))
        .hasMessageContaining(named);
  }

  @Test
  void otherKinds_areRefused() {
    String tensors = "{'kind':'tensors','tensors':[{'name':'w','shape':[2],'init':'zeros'}]}";
    assertThatThrownBy(() -> read(tensors)).hasMessageContaining("neither of kind mlp nor");
    assertThatThrownBy(() -> read("{}")).hasMessageContaining("TASK_INVALID");
  }

  private static DenseModel read(String json) {
    try {
      return DenseModel.of(new JsonMapper().readTree(json.replace('\'', '"')), LAYOUT);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
