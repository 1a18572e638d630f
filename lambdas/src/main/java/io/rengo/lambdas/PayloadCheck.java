package io.rengo.lambdas;

import static io.rengo.lambdas.RefusedException.unless;

import io.rengo.core.FormatException;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.core.codec.Encoding;
import io.rengo.core.codec.Float32;
import io.rengo.core.codec.Frame;
import io.rengo.core.seal.SealedHeader;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.KeyContext;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.UpdateManifest.Payload;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Whether a payload has the size, the hash and the tensors that it must have. Nothing is read of
/// it but its header and what its encoding writes beside the values.
final class PayloadCheck {
  /// Most headers are shorter: one request reads them.
  private static final int FIRST_READ = 1 << 14;

  private final ObjectStore objects;
  private final Contents contents;

  PayloadCheck(Ports ports) {
    this.objects = ports.objects();
    this.contents = new Contents(ports.objects(), ports.keys());
  }

  /// The byte of the payload's content at which the data begins.
  ///
  /// @param sealed what it must be sealed for; empty where it must not be
  long dataOffset(
      String key, Payload claim, Optional<KeyContext> sealed, Layout layout, Encoding encoding)
      throws RefusedException {
    Frame frame = encoding.frame(layout);
    ObjectInfo info =
        objects
            .head(key)
            .orElseThrow(() ->
                new RefusedException(
                    ErrorCode.PAYLOAD_MISSING, "there is no payload of the hash it names"));
    long most = most(frame, sealed.isPresent());
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
    long length = sealed.isEmpty() ? info.size() : sealedLength(key, info.size());
    Safetensors.Header header = header(key, sealed, length);
    unless(
        header.entries().equals(frame.entries()),
        encoding instanceof Float32 ? ErrorCode.LAYOUT_MISMATCH : ErrorCode.ENCODING_MISMATCH,
        "the payload's tensors are not those of the model in " + encoding);
    checkContent(key, sealed, header.dataOffset(), layout.size(), encoding);
    return header.dataOffset();
  }

  /// The most bytes that a payload may have.
  static long most(Frame frame, boolean sealed) {
    long content = frame.size() + Safetensors.MAX_HEADER + Safetensors.LENGTH_BYTES;
    return sealed ? SealedHeader.largest(content) : content;
  }

  private void checkContent(
      String key, Optional<KeyContext> sealed, long begin, long size, Encoding encoding)
      throws RefusedException {
    try {
      encoding.check(size, contents.data(key, sealed, begin));
    } catch (FormatException e) {
      throw new RefusedException(ErrorCode.ENCODING_INVALID, String.valueOf(e.getMessage()));
    } catch (RengoException e) {
      unless(e.code() != ErrorCode.SEAL_BROKEN, ErrorCode.SEAL_BROKEN, e.what());
      throw e;
    }
  }

  private long sealedLength(String key, long size) throws RefusedException {
    try {
      return contents
          .header(key, size)
          .orElseThrow(
              () -> new RefusedException(ErrorCode.UPDATE_UNSEALED, "the payload is not sealed"))
          .length();
    } catch (FormatException e) {
      throw new RefusedException(ErrorCode.SEAL_BROKEN, String.valueOf(e.getMessage()));
    }
  }

  private Safetensors.Header header(String key, Optional<KeyContext> sealed, long length)
      throws RefusedException {
    try {
      int first = (int) Math.min(FIRST_READ, length);
      ByteBuffer prefix = contents.range(key, sealed, 0, first);
      int whole = Safetensors.LENGTH_BYTES + Math.toIntExact(Safetensors.headerLength(prefix));
      return Safetensors.readHeader(
          whole > first && whole <= length ? contents.range(key, sealed, 0, whole) : prefix,
          length);
    } catch (FormatException e) {
      throw new RefusedException(ErrorCode.PAYLOAD_INVALID, String.valueOf(e.getMessage()));
    } catch (RengoException e) {
      unless(e.code() != ErrorCode.SEAL_BROKEN, ErrorCode.SEAL_BROKEN, e.what());
      throw e;
    }
  }
}
