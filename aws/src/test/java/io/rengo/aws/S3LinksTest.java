package io.rengo.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.core.Sha256;
import io.rengo.protocol.ObjectStore.Link;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Links, in the hands of who has no credentials.
class S3LinksTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final ByteBuffer CONTENT = ByteBuffer.wrap("an update".getBytes(UTF_8));
  private static final String HASH = Sha256.hex(CONTENT);

  private static S3ObjectStore store;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String key = "jobs/" + UUID.randomUUID();

  @BeforeAll
  static void createBucket() {
    store = S3Bucket.linking();
  }

  @Test
  void whatALinkNames_isPutOnceAndRead() throws Exception {
    Link put = store.linkToPutOnce(key, CONTENT.remaining(), HASH, HOUR);

    assertThat(put(put, "an update")).isEqualTo(200);
    assertThat(put(put, "an update")).isEqualTo(412);
    assertThat(store.head(key).orElseThrow().sha256()).contains(HASH);
    assertThat(get(store.linkToRead(key, HOUR)).body()).isEqualTo("an update");
  }

  @Test
  void otherBytes_areRefused() throws Exception {
    Link put = store.linkToPutOnce(key, CONTENT.remaining(), HASH, HOUR);

    assertThat(put(put, "an upDate")).isEqualTo(400);
    assertThat(store.head(key)).isEmpty();
  }

  @Test
  void noBytesOfAnotherNumber_orUnderAnotherKey_orOverWhatIsThere() throws Exception {
    Link put = store.linkToPutOnce(key, CONTENT.remaining(), HASH, HOUR);

    assertThat(put(put, "an update and more")).isIn(400, 403);
    assertThat(put(new Link(elsewhere(put), put.headers()), "an update")).isEqualTo(403);
    Map<String, String> unconditional = new TreeMap<>(put.headers());
    unconditional.remove("if-none-match");
    assertThat(put(new Link(put.address(), unconditional), "an update")).isEqualTo(403);
    assertThat(store.head(key)).isEmpty();
  }

  @Test
  void whatHasToBeSentAlong_isSigned() {
    Link put = store.linkToPutOnce(key, CONTENT.remaining(), HASH, HOUR);

    assertThat(put.address().getQuery())
        .contains("X-Amz-Expires=3600", "content-length;", "if-none-match;")
        .contains("x-amz-checksum-sha256");
    assertThat(put.headers())
        .containsEntry("if-none-match", "*")
        .containsKey("x-amz-checksum-sha256");
  }

  @Test
  void linkToWhatIsNotThere_findsNothing() throws Exception {
    assertThat(get(store.linkToRead(key, HOUR)).statusCode()).isEqualTo(404);
  }

  private URI elsewhere(Link link) {
    return URI.create(link.address().toString().replace(key, "jobs/elsewhere"));
  }

  private int put(Link link, String content) throws IOException, InterruptedException {
    return send(link, HttpRequest.newBuilder(link.address()).PUT(BodyPublishers.ofString(content)))
        .statusCode();
  }

  private HttpResponse<String> get(Link link) throws IOException, InterruptedException {
    return send(link, HttpRequest.newBuilder(link.address()));
  }

  private HttpResponse<String> send(Link link, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    link.headers().forEach(request::header);
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
