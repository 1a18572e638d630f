package io.rengo.agent.state;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Keeps the model of one job, for as long as the process lives: for members of one process, who
/// are asked to train the same one.
public final class MemoryModel implements KeptModel {
  private record Of(String job, Model model) {}

  private Optional<Of> kept = Optional.empty();

  @Override
  public synchronized Optional<Model> of(String job) {
    return kept.filter(of -> of.job().equals(job)).map(Of::model);
  }

  @Override
  public synchronized void keep(String job, int version, ByteBuffer parameters) {
    kept = Optional.of(new Of(job, new Model(version, parameters.asReadOnlyBuffer())));
  }
}
