package io.rengo.lambdas;

import io.rengo.core.FormatException;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.core.Safetensors.Entry;
import io.rengo.core.Safetensors.Header;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.ObjectInfo;
import io.rengo.protocol.RengoException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;

/// A safetensors file that somebody gave, whatever the order of its tensors, read piece by piece in
/// the order of the layout.
final class GivenModel {
  private final ObjectStore objects;
  private final String key;
  private final long dataOffset;
  private final Iterator<Entry> entries;
  private long at;
  private long end;

  private GivenModel(ObjectStore objects, String key, long dataOffset, List<Entry> entries) {
    this.objects = objects;
    this.key = key;
    this.dataOffset = dataOffset;
    this.entries = entries.iterator();
  }

  /// Throws [RengoException] where the file does not hold exactly the layout's tensors.
  static GivenModel open(ObjectStore objects, String key, Layout layout) {
    ObjectInfo info =
        objects
            .head(key)
            .orElseThrow(() ->
                new RengoException(
                    ErrorCode.OBJECT_MISSING,
                    "the initial model is not there",
                    key,
                    "Put it into the federation's bucket, or leave initialModel out"));
    try {
      long header = Safetensors.headerLength(objects.range(key, 0, Safetensors.LENGTH_BYTES));
      ByteBuffer prefix = objects.range(key, 0, (int) header + Safetensors.LENGTH_BYTES);
      Header read = Safetensors.readHeader(prefix, info.size());
      return new GivenModel(objects, key, read.dataOffset(), Safetensors.inOrder(read, layout));
    } catch (FormatException e) {
      throw new RengoException(
          ErrorCode.JOB_INVALID,
          "the initial model cannot be read: " + e.getMessage(),
          key,
          "Give a safetensors file with the tensors that the job file's model has",
          e);
    }
  }

  /// Fills the array with the next parameters; there must be as many.
  void next(float[] piece) {
    int filled = 0;
    while (filled < piece.length) {
      if (at == end) {
        Entry entry = entries.next();
        at = dataOffset + entry.begin();
        end = dataOffset + entry.end();
        continue;
      }
      int count = (int) Math.min(piece.length - filled, (end - at) / Float.BYTES);
      objects
          .range(key, at, count * Float.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(piece, filled, count);
      filled += count;
      at += (long) count * Float.BYTES;
    }
  }
}
