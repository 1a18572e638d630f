package io.rengo.protocol.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.core.Sha256;
import io.rengo.protocol.Json;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.Kind;
import io.rengo.protocol.trust.Role;
import io.rengo.protocol.trust.Signed;
import io.rengo.protocol.trust.Verifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a job's ledger and proves it: every page is there, in order, bound to the one before,
/// signed by the federation, and what it names in the store is still what it was. Throws
/// [RengoException] with `LEDGER_BROKEN` at the first page where that does not hold.
///
/// @param verifier checks the signatures, each as of its page's time; empty where pages are
///   unsigned
public record LedgerReader(ObjectStore objects, String job, Optional<Verifier> verifier) {
  /// The pages that are there, in order, none missing between them.
  ///
  /// @param rounds the rounds that the job's record counts: so many must have their page
  /// @param finished whether the job's record says that it ended: then the last page does too
  public List<Page> verify(int rounds, boolean finished) {
    Ledger ledger = new Ledger(objects, job, Optional.empty());
    int count = objects.list(new ObjectKeys(job).ledgers()).size();
    int expected = rounds + 1 + (finished ? 1 : 0);
    if (count < expected) {
      throw ledger.broken(count, "there are %d pages of %d".formatted(count, expected));
    }
    List<Page> pages = new ArrayList<>();
    String previous = "";
    for (int number = 0; number < count; number++) {
      ByteBuffer content = ledger.content(number);
      Page page =
          read(ledger, number, StandardCharsets.UTF_8.decode(content.duplicate()).toString());
      if (page.number() != number || !page.job().equals(job)) {
        throw ledger.broken(number, "here lies page %d of %s".formatted(page.number(), page.job()));
      }
      if (!page.previous().equals(previous)) {
        throw ledger.broken(number, "the page before it is not the one that it follows");
      }
      checkObjects(ledger, page);
      previous = Sha256.hex(content);
      pages.add(page);
    }
    if (finished && pages.getLast().what() != Page.What.FINISHED) {
      throw ledger.broken(count - 1, "the last page does not tell of the end");
    }
    return pages;
  }

  private Page read(Ledger ledger, int number, String text) {
    String where = ledger.key(number);
    try {
      Optional<Signed> signed = Ledger.signed(text, where);
      if (verifier.isEmpty()) {
        return Ledger.page(signed.map(Signed::body).orElse(text), where);
      }
      if (signed.isEmpty()) {
        throw ledger.broken(number, "the page is not signed");
      }
      if (!Json.write(signed.get()).equals(text)) {
        throw ledger.broken(number, "the page is not written as it was signed");
      }
      Page page = Ledger.page(signed.get().body(), where);
      verifier.get().verify(signed.get(), Kind.LEDGER, Role.COORDINATOR, page.at());
      return page;
    } catch (RengoException e) {
      throw ledger.broken(number, e.what());
    }
  }

  /// What a page names with its hash: reports, cohorts, job files.
  private void checkObjects(Ledger ledger, Page page) {
    for (JsonNode object : page.facts().path("objects")) {
      String key = object.path("key").asText();
      String hash =
          objects.get(key).map(stored -> Sha256.hex(stored.content())).orElse("that is gone");
      if (!hash.equals(object.path("sha256").asText())) {
        throw ledger.broken(page.number(), "the object " + key + " is not what the page names");
      }
    }
  }
}
