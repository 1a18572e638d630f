package io.rengo.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.protocol.ModelRef;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedModelTest {
  private static final ModelRef FIRST = new ModelRef(1, "models/1", 8, "ll", "aa");

  private final SharedModel shared = new SharedModel();
  private final AtomicInteger fetches = new AtomicInteger();

  @Test
  void membersOfOneRoundFetchTheModelOnce() {
    float[] parameters = fetch(FIRST);
    assertThat(fetch(FIRST)).isSameAs(parameters);
    assertThat(fetches).hasValue(1);
  }

  @Test
  void anotherModelOrAnotherHashIsFetchedAnew() {
    fetch(FIRST);
    fetch(new ModelRef(2, "models/2", 8, "ll", "aa"));
    fetch(new ModelRef(2, "models/2", 8, "ll", "bb"));
    assertThat(fetches).hasValue(3);
  }

  private float[] fetch(ModelRef model) {
    return shared.of(
        model,
        () -> {
          fetches.incrementAndGet();
          return new float[] {1};
        });
  }
}
