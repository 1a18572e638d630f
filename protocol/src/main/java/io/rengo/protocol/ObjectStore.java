package io.rengo.protocol;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Objects under string keys, as in Amazon S3. What is under a key is either whole or absent, and
/// writes are conditional: they happen once, or against the version that the writer has seen.
///
/// Buffers that are given are read from their position to their limit and left as they were;
/// buffers that are returned are read-only, from position 0. Every method throws [RengoException]
/// with [ErrorCode#SERVICE_UNAVAILABLE] or [ErrorCode#ACCESS_DENIED] where the store cannot be
/// used.
public interface ObjectStore {
  /// What is known of an object without reading it: `sha256` is its [io.rengo.core.ContentHash]. It
  /// may be empty where the object came in parts of another size, and in a listing.
  record ObjectInfo(String key, long size, String etag, Optional<String> sha256) {}

  /// An object's bytes and the version they are of.
  record StoredObject(ByteBuffer content, String etag) {}

  /// What a put that happens once has done.
  enum Put {
    STORED,
    ALREADY_THERE
  }

  /// An address that lets its holder do one thing for a while, and what has to be sent along.
  record Link(URI address, Map<String, String> headers) {}

  /// The whole object, or empty where there is none. For objects that fit into memory.
  Optional<StoredObject> get(String key);

  /// What is known of the object, or empty where there is none.
  Optional<ObjectInfo> head(String key);

  /// `length` bytes from `offset`; fewer where the object ends before. Throws
  /// [ErrorCode#OBJECT_MISSING] where there is none.
  ByteBuffer range(String key, long offset, int length);

  /// Stores the object unless there is one under this key.
  Put putOnce(String key, ByteBuffer content);

  /// Stores the object unless there is one under this key, with the [io.rengo.core.ContentHash]
  /// that the caller has computed: a store behind a network compares it with what arrives, others
  /// may take it as it is. The content must not change afterwards: a store in memory may keep the
  /// buffer.
  default Put putOnce(String key, ByteBuffer content, String sha256) {
    return putOnce(key, content);
  }

  /// Stores the object if the present one has this etag (if there is none, where `etag` is empty),
  /// and says whether it did.
  boolean compareAndSwap(String key, Optional<String> etag, ByteBuffer content);

  /// Opens an upload in parts and returns its id.
  String openUpload(String key);

  /// Uploads part `number` (from 1); each but the last has 5 MiB or more. A part may be uploaded
  /// again; the last upload counts. Returns the part's etag.
  String uploadPart(String key, String uploadId, int number, ByteBuffer content);

  /// The etags of the parts that were uploaded so far, in the order of their numbers. Throws
  /// [ErrorCode#OBJECT_MISSING] where there is no such upload.
  List<String> uploadedParts(String key, String uploadId);

  /// Makes one object of the parts, in order, unless there is one under this key (also when the
  /// upload was completed before).
  Put completeUpload(String key, String uploadId, List<String> etags);

  /// What is under a prefix, in the order of the keys.
  List<ObjectInfo> list(String prefix);

  /// Lets the store remove the object once the deployment's time for such is over; nothing where
  /// there is none. A store that keeps everything does nothing.
  default void letExpire(String key) {}

  /// Removes the object if there is one.
  void delete(String key);

  /// A link to read the object.
  default Link linkToRead(String key, Duration validity) {
    throw noLinks(key);
  }

  /// A link to store just these bytes unless there is an object under this key: `size` of them,
  /// with this SHA-256 (lower-case hex). Other bytes are refused by the store.
  default Link linkToPutOnce(String key, long size, String sha256, Duration validity) {
    throw noLinks(key);
  }

  private static RengoException noLinks(String key) {
    return new RengoException(
        ErrorCode.CONFIG_INVALID,
        "this store gives no links",
        key,
        "Use a store that others can reach, as Amazon S3");
  }
}
