package io.rengo.cli;

import io.rengo.core.privacy.Adjacency;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.PrivacyLedger;
import io.rengo.protocol.PrivacyLedger.Limit;
import io.rengo.protocol.RecordKeys;
import io.rengo.protocol.RecordStore.Change;
import io.rengo.protocol.RecordStore.StoredRecord;
import io.rengo.protocol.RengoException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a federation has spent of its members' privacy, and how much it may.
@Command(
    name = "budget",
    header = "What a federation has spent of its members' privacy, and how much it may.",
    description =
        "Shows the ledger of a federation. With --epsilon and --delta it sets a limit first, of the"
            + " federation or of one member: jobs end before the round that would pass it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  rengo privacy budget --on aws",
      "  rengo privacy budget --on aws --epsilon 8 --delta 1e-6",
      "  rengo privacy budget --on aws --member clinic-a --epsilon 4 --delta 1e-6"
    })
final class PrivacyBudgetCommand implements Callable<Integer> {
  private static final int TRIES = 10;

  @Mixin private PlaceOptions place = new PlaceOptions();
  @Mixin private Options options = new Options();

  @Option(names = "--epsilon", description = "The limit to set.")
  private Optional<Double> epsilon = Optional.empty();

  @Option(names = "--delta", description = "The delta of the limit to set.")
  private Optional<Double> delta = Optional.empty();

  @Option(
      names = "--adjacency",
      paramLabel = "add-remove|replace",
      converter = PrivacyTerms.AdjacencyWord.class,
      description = "The adjacency of the limit to set (add-remove).")
  private Adjacency adjacency = Adjacency.ADD_REMOVE;

  @Option(names = "--member", paramLabel = "NAME", description = "Whose limit to set.")
  private Optional<String> member = Optional.empty();

  private final World world;

  PrivacyBudgetCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    Ports ports = place.ports(world);
    PrivacyLedger ledger = limit().map(limit -> set(ports, limit)).orElseGet(() -> read(ports));
    print(ledger, options.text(world).out());
    new Answer()
        .with("limit", ledger.limit())
        .with("members", ledger.members())
        .with("jobs", ledger.jobs())
        .with("epsilon", ledger.limit().map(limit -> spent(ledger, limit)))
        .print(options, world);
    return ExitStatus.OK.number();
  }

  private Optional<Limit> limit() {
    if (epsilon.isPresent() != delta.isPresent() || (member.isPresent() && epsilon.isEmpty())) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "a limit is an epsilon with its delta",
          "options of rengo privacy budget",
          "Give both --epsilon and --delta, or neither to see the ledger");
    }
    return epsilon.map(value -> new Limit(value, delta.orElseThrow(), adjacency));
  }

  private PrivacyLedger set(Ports ports, Limit limit) {
    for (int i = 0; i < TRIES; i++) {
      Optional<StoredRecord> stored = ports.records().get(RecordKeys.privacyLedger());
      PrivacyLedger before = ledger(stored);
      PrivacyLedger after =
          member.map(name -> before.limited(name, limit)).orElseGet(() -> before.limited(limit));
      String json = Json.write(after);
      Change change =
          stored.isPresent()
              ? new Change.Replace(RecordKeys.privacyLedger(), stored.get().version(), json)
              : new Change.Create(RecordKeys.privacyLedger(), json);
      if (ports.records().commit(List.of(change))) {
        return after;
      }
    }
    throw new RengoException(
        ErrorCode.CONFLICT,
        "the ledger changed between reading and writing each time",
        "the privacy ledger",
        "Try again");
  }

  private static PrivacyLedger read(Ports ports) {
    return ledger(ports.records().get(RecordKeys.privacyLedger()));
  }

  private static PrivacyLedger ledger(Optional<StoredRecord> stored) {
    return stored
        .map(record -> Json.read(record.json(), PrivacyLedger.class, "the privacy ledger"))
        .orElse(PrivacyLedger.empty());
  }

  private static double spent(PrivacyLedger ledger, Limit limit) {
    return ledger.epsilon(List.copyOf(ledger.jobs().keySet()), limit);
  }

  private static void print(PrivacyLedger ledger, PrintWriter out) {
    out.println(
        ledger
            .limit()
            .map(limit ->
                "federation: epsilon %.4f of %s spent, %s"
                    .formatted(spent(ledger, limit), limit.epsilon(), terms(limit)))
            .orElse("federation: no limit"));
    ledger
        .members()
        .forEach((name, limit) ->
            out.println("member %s: limit %s, %s".formatted(name, limit.epsilon(), terms(limit))));
    ledger
        .jobs()
        .forEach((job, spending) ->
            out.println(
                "job %s: paid up to round %d, %s"
                    .formatted(job, spending.round(), spending.releases())));
    out.flush();
  }

  private static String terms(Limit limit) {
    return "per client, %s, delta %s"
        .formatted(PrivacyTerms.word(limit.adjacency()), limit.delta());
  }
}
