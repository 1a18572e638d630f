package io.rengo.protocol.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.Sha256;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.Kind;
import io.rengo.protocol.trust.Signed;
import io.rengo.protocol.trust.Signer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// Writes a job's ledger. A page is put once: who writes it a second time finds the first.
///
/// @param signer signs the pages; empty where the job is not signed
public record Ledger(ObjectStore objects, String job, Optional<Signer> signer) {
  /// Adds a page after the one before it, which must be there.
  public void add(int number, Instant now, Page.What what, JsonNode facts) {
    String key = key(number);
    if (objects.head(key).isPresent()) {
      return;
    }
    String previous = number == 0 ? "" : Sha256.hex(content(number - 1));
    String text = Json.write(new Page(Page.VERSION, job, number, previous, now, what, facts));
    objects.putOnce(
        key,
        signer
            .map(by -> Json.bytes(by.sign(Kind.LEDGER, text)))
            .orElseGet(() -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }

  /// Adds the last page: `number`, or the next where a round that was cut short has its page there.
  public void finish(int number, Instant now, JsonNode facts) {
    boolean taken =
        objects
            .get(key(number))
            .map(object -> StandardCharsets.UTF_8.decode(object.content()).toString())
            .map(text -> signed(text, key(number)).map(Signed::body).orElse(text))
            .map(text -> page(text, key(number)).what() != Page.What.FINISHED)
            .orElse(false);
    add(taken ? number + 1 : number, now, Page.What.FINISHED, facts);
  }

  String key(int number) {
    return new ObjectKeys(job).ledger(number);
  }

  ByteBuffer content(int number) {
    return objects
        .get(key(number))
        .map(ObjectStore.StoredObject::content)
        .orElseThrow(() -> broken(number, "the page is missing"));
  }

  static Page page(String text, String where) {
    return Json.read(text, Page.class, where);
  }

  static Optional<Signed> signed(String text, String where) {
    try {
      return Optional.of(Json.read(text, Signed.class, where));
    } catch (RengoException e) {
      return Optional.empty();
    }
  }

  RengoException broken(int number, String what) {
    return new RengoException(
        ErrorCode.LEDGER_BROKEN,
        what,
        "page " + number + " of the ledger of job " + job,
        "Keep the bucket as it is, and find out who could write there");
  }
}
