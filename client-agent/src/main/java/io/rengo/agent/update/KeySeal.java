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
/// @param keys the key service; empty for a member that seals to the key of each round
/// @param signer signs manifests, as their task demands
/// @param random draws the salts of seals
public record KeySeal(Optional<Keys> keys, Optional<Signer> signer, SecureRandom random)
    implements Seal {
  /// With a key service.
  public KeySeal(Keys keys, Optional<Signer> signer, SecureRandom random) {
    this(Optional.of(keys), signer, random);
  }

  @Override
  public ByteBuffer seal(Task task, ByteBuffer payload) {
    if (!task.trust().sealed()) {
      return payload;
    }
    KeyContext context = new KeyContext(task.federation(), task.job(), task.round(), task.member());
    try (Keys.Fresh fresh = fresh(task, context)) {
      return Sealer.seal(payload, fresh.key(), fresh.wrapped(), context.bytes(), random);
    }
  }

  /// From the key service, or, where the member has none, to the key of the round.
  private Keys.Fresh fresh(Task task, KeyContext context) {
    return keys.map(service -> Patience.again(() -> service.generate(context)))
        .orElseGet(() ->
            task.roundKey()
                .orElseThrow(() ->
                    new RengoException(
                        ErrorCode.TASK_INVALID,
                        "the round has no key that a member without AWS credentials could seal to",
                        "job " + task.job(),
                        "Let the operator deploy the federation with -c presigned=true"))
                .generate(context, random));
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
