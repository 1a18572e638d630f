package io.rengo.agent.update;

import io.rengo.agent.Patience;
import io.rengo.core.seal.Sealer;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.KeyContext;
import io.rengo.protocol.Keys;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Task;
import io.rengo.protocol.UpdateManifest;
import io.rengo.protocol.trust.Kind;
import io.rengo.protocol.trust.Signer;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;

/// Seals payloads as their task demands, each under a data key of its own that only the
/// federation's aggregating functions can unwrap.
///
/// @param signer signs manifests, as their task demands
/// @param random draws the salts of seals
public record KeySeal(Keys keys, Optional<Signer> signer, SecureRandom random) implements Seal {
  @Override
  public ByteBuffer seal(Task task, ByteBuffer payload) {
    if (!task.trust().sealed()) {
      return payload;
    }
    KeyContext context = new KeyContext(task.federation(), task.job(), task.round(), task.member());
    try (Keys.Fresh fresh = Patience.again(() -> keys.generate(context))) {
      return Sealer.seal(payload, fresh.key(), fresh.wrapped(), context.bytes(), random);
    }
  }

  @Override
  public ByteBuffer sign(Task task, UpdateManifest manifest) {
    if (!task.trust().signed()) {
      return Json.bytes(manifest);
    }
    return Json.bytes(
        signer
            .orElseThrow(() ->
                new RengoException(
                    ErrorCode.TASK_INVALID,
                    "the job takes signed updates, and this agent has no certificate",
                    "job " + task.job(),
                    "Add the section `trust` to the agent's configuration"))
            .sign(Kind.UPDATE, Json.write(manifest)));
  }
}
