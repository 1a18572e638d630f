package io.rengo.bench;

import io.rengo.protocol.ObjectStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// A store that counts the requests and bytes that go through it.
record CountingStore(ObjectStore objects, AtomicLong reads, AtomicLong writes, AtomicLong bytesRead)
    implements ObjectStore {
  CountingStore(ObjectStore objects) {
    this(objects, new AtomicLong(), new AtomicLong(), new AtomicLong());
  }

  @Override
  public Optional<StoredObject> get(String key) {
    reads.incrementAndGet();
    Optional<StoredObject> object = objects.get(key);
    object.ifPresent(found -> bytesRead.addAndGet(found.content().remaining()));
    return object;
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    reads.incrementAndGet();
    return objects.head(key);
  }

  @Override
  public ByteBuffer range(String key, long offset, int length) {
    reads.incrementAndGet();
    ByteBuffer content = objects.range(key, offset, length);
    bytesRead.addAndGet(content.remaining());
    return content;
  }

  @Override
  public Put putOnce(String key, ByteBuffer content) {
    writes.incrementAndGet();
    return objects.putOnce(key, content);
  }

  @Override
  public Put putOnce(String key, ByteBuffer content, String sha256) {
    writes.incrementAndGet();
    return objects.putOnce(key, content, sha256);
  }

  @Override
  public boolean compareAndSwap(String key, Optional<String> etag, ByteBuffer content) {
    writes.incrementAndGet();
    return objects.compareAndSwap(key, etag, content);
  }

  @Override
  public String openUpload(String key) {
    writes.incrementAndGet();
    return objects.openUpload(key);
  }

  @Override
  public String uploadPart(String key, String uploadId, int number, ByteBuffer content) {
    writes.incrementAndGet();
    return objects.uploadPart(key, uploadId, number, content);
  }

  @Override
  public List<String> uploadedParts(String key, String uploadId) {
    reads.incrementAndGet();
    return objects.uploadedParts(key, uploadId);
  }

  @Override
  public Put completeUpload(String key, String uploadId, List<String> etags) {
    writes.incrementAndGet();
    return objects.completeUpload(key, uploadId, etags);
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    writes.incrementAndGet();
    return objects.list(prefix);
  }

  @Override
  public void delete(String key) {
    objects.delete(key);
  }
}
