package io.rengo.lambdas;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rengo.core.Layout;
import io.rengo.core.MetricSums;
import io.rengo.core.Sha256;
import io.rengo.core.codec.Encoding;
import io.rengo.core.codec.Encoding.Seeds;
import io.rengo.core.seal.Sealer;
import io.rengo.protocol.Json;
import io.rengo.protocol.KeyContext;
import io.rengo.protocol.Keys;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.RoundKey;
import io.rengo.protocol.RoundRecord;
import io.rengo.protocol.UpdateManifest;
import io.rengo.protocol.UpdateManifest.Payload;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/// A member's update, good until it is spoilt.
final class TestUpdate {
  private final Place place;
  private final int round;
  private final String member;
  private final ObjectNode manifest;
  private ByteBuffer payload;
  private String text = "";

  private TestUpdate(Place place, int round, String member, float[] values) {
    this.place = place;
    this.round = round;
    this.member = member;
    RoundRecord record = place.round(round);
    Layout layout = Job.load(place.ports, Place.JOB).layout();
    Encoding encoding = Job.load(place.ports, Place.JOB).spec().encoding();
    this.payload =
        encoded(Job.load(place.ports, Place.JOB).updateLayout(), encoding, round, values);
    long rows = 10 + member.length();
    this.manifest =
        (ObjectNode)
            Json.tree(
                new UpdateManifest(
                    UpdateManifest.VERSION,
                    Place.JOB,
                    round,
                    member,
                    record.baseVersion(),
                    layout.hash(),
                    record.purpose() == Purpose.EVALUATE
                        ? Optional.empty()
                        : Optional.of(claim(payload)),
                    rows,
                    1,
                    0.5,
                    new MetricSums(4, 2.0, 0, new long[][] {{2, 1}, {0, 1}}),
                    3.5));
  }

  /// An update whose every value depends on the member and the round.
  static TestUpdate of(Place place, int round, String member) {
    int size = Math.toIntExact(Job.load(place.ports, Place.JOB).layout().size());
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (member.hashCode() % 97 + round + i % 31) / 64f;
    }
    return new TestUpdate(place, round, member, values);
  }

  /// An update of these values.
  static TestUpdate of(Place place, int round, String member, float[] values) {
    return new TestUpdate(place, round, member, values);
  }

  /// An update whose every value is this one.
  static TestUpdate of(Place place, int round, String member, float value) {
    float[] values = new float[Math.toIntExact(Job.load(place.ports, Place.JOB).layout().size())];
    Arrays.fill(values, value);
    return new TestUpdate(place, round, member, values);
  }

  static ByteBuffer encoded(Layout layout, Encoding encoding, int round, float[] values) {
    ByteBuffer file = encoding.frame(layout).file();
    double[] error = new double[encoding.keepsError() ? values.length : 0];
    Seeds seeds = new Seeds(round, Seeds.shared(Place.JOB, round));
    encoding.encode(values, error, seeds, file);
    return file.flip();
  }

  static Payload claim(ByteBuffer payload) {
    return new Payload(Sha256.hex(payload), payload.remaining());
  }

  TestUpdate manifest(Consumer<ObjectNode> change) {
    change.accept(manifest);
    return this;
  }

  /// The manifest as it would be sent.
  String manifestText() {
    return Json.write(manifest);
  }

  /// The whole text of the manifest.
  TestUpdate text(String manifestText) {
    text = manifestText;
    return this;
  }

  /// Another payload, claimed rightly.
  TestUpdate payload(ByteBuffer other) {
    manifest.set("payload", Json.tree(claim(other)));
    return stored(other);
  }

  /// Other bytes than those that the manifest claims.
  TestUpdate stored(ByteBuffer other) {
    payload = other;
    return this;
  }

  /// The payload, sealed for this member and round, or for what a test gives.
  TestUpdate sealed(KeyContext... other) {
    KeyContext context =
        other.length > 0
            ? other[0]
            : new KeyContext(Place.FEDERATION.name(), Place.JOB, round, member);
    return sealed(place.keys.generate(context), context);
  }

  /// The payload, sealed to a round's key for what a test gives.
  TestUpdate sealed(RoundKey round, KeyContext context) {
    return sealed(round.generate(context, new SecureRandom()), context);
  }

  private TestUpdate sealed(Keys.Fresh fresh, KeyContext context) {
    return payload(
        Sealer.seal(payload, fresh.key(), fresh.wrapped(), context.bytes(), new SecureRandom()));
  }

  ByteBuffer payload() {
    return payload;
  }

  /// Stores the payload and then the manifest, over a former one, and returns S3's message of it.
  ObjectNode send() {
    String hash = manifest.path("payload").path("sha256").asText();
    if (hash.length() == 64) {
      place.objects.putOnce(Place.KEYS.payload(round, member, hash), payload);
    }
    return sendManifest();
  }

  ObjectNode sendManifest() {
    String key = Place.KEYS.manifest(round, member);
    ByteBuffer content =
        text.isEmpty() ? Json.bytes(manifest) : ByteBuffer.wrap(text.getBytes(UTF_8));
    place.objects.delete(key);
    place.objects.putOnce(key, content);
    return Events.message(member, Events.created(key, Sha256.hex(content)));
  }
}
