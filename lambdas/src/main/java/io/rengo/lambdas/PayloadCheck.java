package io.rengo.lambdas;

import static io.rengo.lambdas.RefusedException.unless;

import io.rengo.core.FormatException;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.UpdateManifest.Payload;
import java.nio.ByteBuffer;

/// Whether a payload has the size, the hash and the tensors that it must have. Nothing is read of
/// it but its header.
final class PayloadCheck {
  /// Most headers are shorter: one request reads them.
  private static final int FIRST_READ = 1 << 14;

  private final ObjectStore objects;

  PayloadCheck(ObjectStore objects) {
    this.objects = objects;
  }

  /// The byte at which the parameters begin.
  long dataOffset(String key, Payload claim, Layout layout) throws RefusedException {
    ObjectInfo info =
        objects
            .head(key)
            .orElseThrow(() ->
                new RefusedException(
                    ErrorCode.PAYLOAD_MISSING, "there is no payload of the hash it names"));
    long most = layout.size() * Float.BYTES + Safetensors.MAX_HEADER + Safetensors.LENGTH_BYTES;
    unless(
        info.size() <= most && info.size() <= claim.size(),
        ErrorCode.PAYLOAD_OVERSIZED,
        "the payload has %d bytes, the manifest says %d, the model allows %d"
            .formatted(info.size(), claim.size(), most));
    unless(
        info.size() == claim.size(),
        ErrorCode.PAYLOAD_TRUNCATED,
        "the payload has %d of the %d bytes that the manifest says"
            .formatted(info.size(), claim.size()));
    unless(
        info.sha256().map(claim.sha256()::equals).orElse(true),
        ErrorCode.PAYLOAD_HASH,
        "the payload's hash is not the manifest's");
    Safetensors.Header header = header(key, info.size());
    unless(
        header.liesAs(layout),
        ErrorCode.LAYOUT_MISMATCH,
        "the payload's tensors are not the model's");
    return header.dataOffset();
  }

  private Safetensors.Header header(String key, long size) throws RefusedException {
    try {
      ByteBuffer prefix = objects.range(key, 0, FIRST_READ);
      int whole = Safetensors.LENGTH_BYTES + Math.toIntExact(Safetensors.headerLength(prefix));
      return Safetensors.readHeader(
          whole > FIRST_READ ? objects.range(key, 0, whole) : prefix, size);
    } catch (FormatException e) {
      throw new RefusedException(ErrorCode.PAYLOAD_INVALID, String.valueOf(e.getMessage()));
    }
  }
}
