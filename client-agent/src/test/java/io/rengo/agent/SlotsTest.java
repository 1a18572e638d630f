package io.rengo.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlotsTest {
  private final Slots slots = new Slots(1);

  @Test
  void placeKeepsItsMemoryForTheNextTaskOfTheSameSize() {
    float[] first = memory(3);
    assertThat(memory(3)).isSameAs(first);
    assertThat(memory(4)).hasSize(4);
  }

  @Test
  void whoeverFindsNoPlaceWaitsForOne() throws InterruptedException {
    Thread waiting;
    try (var held = slots.take()) {
      assertThat(held.memory(1)).hasSize(1);
      waiting = Thread.ofVirtual().start(() -> slots.take().close());
      while (waiting.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    waiting.join();
  }

  private float[] memory(int length) {
    try (var slot = slots.take()) {
      return slot.memory(length);
    }
  }
}
