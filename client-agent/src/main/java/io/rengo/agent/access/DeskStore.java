package io.rengo.agent.access;

import io.rengo.core.ContentHash;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.access.MemberRequest.Read;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// What a member may read and put of the federation's objects, over links that it asks for one at a
/// time. Whatever else a store does, this one refuses.
record DeskStore(Desk desk, Http http) implements ObjectStore {
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  @Override
  public Optional<StoredObject> get(String key) {
    Link link = desk.link(new Read(key));
    HttpResponse<byte[]> response = http.send(request(link).GET(), LARGEST);
    return switch (response.statusCode()) {
      case 200 -> {
        ByteBuffer content = ByteBuffer.wrap(response.body()).asReadOnlyBuffer();
        yield Optional.of(
            new StoredObject(content, response.headers().firstValue("etag").orElse("")));
      }
      case 404 -> Optional.empty();
      default -> throw refused(key, response);
    };
  }

  @Override
  public Put putOnce(String key, ByteBuffer content) {
    return putOnce(key, content, ContentHash.of(content));
  }

  @Override
  public Put putOnce(String key, ByteBuffer content, String sha256) {
    Link link =
        desk.link(new io.rengo.protocol.access.MemberRequest.Put(key, content.remaining(), sha256));
    HttpResponse<byte[]> response = http.send(request(link).PUT(body(content)), 1 << 16);
    return switch (response.statusCode()) {
      case 200 -> Put.STORED;
      case 412 -> Put.ALREADY_THERE;
      default -> throw refused(key, response);
    };
  }

  private static HttpRequest.Builder request(Link link) {
    HttpRequest.Builder request = HttpRequest.newBuilder(link.address());
    link.headers().forEach(request::header);
    return request;
  }

  private static HttpRequest.BodyPublisher body(ByteBuffer content) {
    if (content.hasArray()) {
      return BodyPublishers.ofByteArray(
          content.array(), content.arrayOffset() + content.position(), content.remaining());
    }
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return BodyPublishers.ofByteArray(bytes);
  }

  private static RengoException refused(String key, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status >= 500 || status == 409 || status == 429) {
      return Http.unavailable(response.uri(), "status " + status);
    }
    return new RengoException(
        ErrorCode.ACCESS_DENIED,
        "the store answers with status " + status,
        key,
        "Check the host's clock; otherwise ask the federation's operator");
  }

  @Override
  public Optional<ObjectInfo> head(String key) {
    throw absent("members look at no objects", key);
  }

  @Override
  public ByteBuffer range(String key, long offset, int length) {
    throw absent("members read whole objects", key);
  }

  @Override
  public boolean compareAndSwap(String key, Optional<String> etag, ByteBuffer content) {
    throw absent("members replace nothing", key);
  }

  @Override
  public String openUpload(String key) {
    throw absent("members put whole objects", key);
  }

  @Override
  public String uploadPart(String key, String uploadId, int number, ByteBuffer content) {
    throw absent("members put whole objects", key);
  }

  @Override
  public List<String> uploadedParts(String key, String uploadId) {
    throw absent("members put whole objects", key);
  }

  @Override
  public Put completeUpload(String key, String uploadId, List<String> etags) {
    throw absent("members put whole objects", key);
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    throw absent("members list nothing", prefix);
  }

  @Override
  public void delete(String key) {
    throw absent("members remove nothing", key);
  }

  static RengoException absent(String what, String where) {
    return new RengoException(
        ErrorCode.ACCESS_DENIED,
        what + " without credentials for AWS",
        where,
        "Give this member a role, and leave `presigned` out of its configuration");
  }
}
