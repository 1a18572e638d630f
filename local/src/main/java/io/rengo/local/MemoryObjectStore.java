package io.rengo.local;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Objects in memory. An object is copied once, when it is put without its hash; what is read are
/// views of it. A hash that is not given is computed when it is first asked for, by [#head];
/// listings tell it where it is known.
public final class MemoryObjectStore implements ObjectStore {
  private final ConcurrentNavigableMap<String, MemoryObject> objects =
      new ConcurrentSkipListMap<>();
  private final Map<String, MemoryUpload> uploads = new ConcurrentHashMap<>();
  private final AtomicLong versions = new AtomicLong();
  private final Consumer<ObjectInfo> stored;

  public MemoryObjectStore() {
    this(info -> {});
  }

  /// @param stored is told of each object that is stored, in the thread that stores it
  public MemoryObjectStore(Consumer<ObjectInfo> stored) {
    this.stored = stored;
  }

  @Override
  public Optional<StoredObject> get(String key) {
    return find(key).map(object -> new StoredObject(object.content(), object.etag()));
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    return find(key).map(object -> object.hashedInfo(key));
  }

  @Override
  public ByteBuffer range(String key, long offset, int length) {
    MemoryObject object =
        find(key)
            .orElseThrow(() ->
                new RengoException(
                    ErrorCode.OBJECT_MISSING,
                    "there is no object",
                    key,
                    "Store it before it is read"));
    return object.range(offset, length);
  }

  @Override
  public Put putOnce(String key, ByteBuffer content) {
    return objects.containsKey(key) ? Put.ALREADY_THERE : storeIfAbsent(key, object(content));
  }

  @Override
  public Put putOnce(String key, ByteBuffer content, String sha256) {
    return storeIfAbsent(
        key, MemoryObject.hashed(content.slice().asReadOnlyBuffer(), nextVersion(), sha256));
  }

  @Override
  public boolean compareAndSwap(String key, Optional<String> etag, ByteBuffer content) {
    if (etag.isEmpty()) {
      return putOnce(key, content) == Put.STORED;
    }
    MemoryObject seen = objects.get(key);
    if (seen == null || !seen.etag().equals(etag.get())) {
      return false;
    }
    MemoryObject next = object(content);
    boolean swapped = objects.replace(key, seen, next);
    if (swapped) {
      stored.accept(next.info(key));
    }
    return swapped;
  }

  @Override
  public String openUpload(String key) {
    String id = "upload-" + versions.incrementAndGet();
    uploads.put(id, new MemoryUpload(key));
    return id;
  }

  @Override
  public String uploadPart(String key, String uploadId, int number, ByteBuffer content) {
    MemoryObject part = object(content);
    upload(key, uploadId).put(number, part);
    return part.etag();
  }

  @Override
  public List<String> uploadedParts(String key, String uploadId) {
    return upload(key, uploadId).etags();
  }

  @Override
  public Put completeUpload(String key, String uploadId, List<String> etags) {
    if (objects.containsKey(key)) {
      uploads.remove(uploadId);
      return Put.ALREADY_THERE;
    }
    ByteBuffer whole = upload(key, uploadId).join(etags);
    Put result = storeIfAbsent(key, MemoryObject.ofParts(whole, nextVersion()));
    uploads.remove(uploadId);
    return result;
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    return objects.tailMap(prefix).entrySet().stream()
        .takeWhile(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> entry.getValue().info(entry.getKey()))
        .toList();
  }

  @Override
  public void delete(String key) {
    objects.remove(key);
  }

  private Optional<MemoryObject> find(String key) {
    return Optional.ofNullable(objects.get(key));
  }

  private Put storeIfAbsent(String key, MemoryObject object) {
    if (objects.putIfAbsent(key, object) != null) {
      return Put.ALREADY_THERE;
    }
    stored.accept(object.info(key));
    return Put.STORED;
  }

  private MemoryObject object(ByteBuffer content) {
    return MemoryObject.of(Buffers.copy(content), nextVersion());
  }

  private String nextVersion() {
    return Long.toHexString(versions.incrementAndGet());
  }

  private MemoryUpload upload(String key, String uploadId) {
    MemoryUpload upload = uploads.get(uploadId);
    if (upload == null || !upload.key().equals(key)) {
      throw Uploads.missing(key, uploadId);
    }
    return upload;
  }
}
