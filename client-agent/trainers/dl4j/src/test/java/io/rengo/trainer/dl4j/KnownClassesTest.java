package io.rengo.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rengo.protocol.RengoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownClassesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "javax.script.ScriptEngineManager",
        "org.deeplearning4j.nn.layers.Evil",
        "com.sun.rowset.JdbcRowSetImpl",
        "org.deeplearning4j.nn.confusing.Layer",
        ""
      })
  void foreignClass_isRefusedHoweverDeep(String name) {
    String json = "{\"confs\": [{\"layer\": {\"a\": [{\"@class\": \"" + name + "\"}]}}]}";

    assertThatThrownBy(() -> KnownClasses.check(json))
        .isInstanceOf(RengoException.class)
        .hasMessageContaining("none of DeepLearning4J's");
  }

  @Test
  void layersOfTheLibrary_areKnown() {
    assertThatCode(() ->
            KnownClasses.check(
                "{\"@class\": \"org.deeplearning4j.nn.conf.layers.DenseLayer\","
                    + " \"activationFn\": {\"@class\":"
                    + " \"org.nd4j.linalg.activations.impl.ActivationReLU\"}}"))
        .doesNotThrowAnyException();
  }

  @Test
  void rubbish_isNoConfiguration() {
    assertThatThrownBy(() -> KnownClasses.check("{")).isInstanceOf(RengoException.class);
  }
}
