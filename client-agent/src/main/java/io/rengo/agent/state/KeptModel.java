package io.rengo.agent.state;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The model of a job that a member fetched last: the next one may come as what changed since.
public interface KeptModel {
  /// @param parameters little-endian float32, read-only
  record Model(int version, ByteBuffer parameters) {}

  /// What is kept of a job, or empty. Whether it is still what was kept is for a hash to say.
  Optional<Model> of(String job);

  /// Keeps a model in place of the job's former one.
  ///
  /// @param parameters little-endian float32, not to be changed afterwards
  void keep(String job, int version, ByteBuffer parameters);
}
