package io.rengo.local.states;

import io.rengo.local.states.Recovery.Catcher;
import io.rengo.local.states.Recovery.Retrier;
import java.util.List;

/// Reads `Retry` and `Catch`.
final class RecoveryParser {
  private static final double LONGEST_DELAY = 31_622_400;

  private RecoveryParser() {}

  static Recovery parse(Fields fields, EffectsParser effects) {
    List<Fields> retry = fields.has("Retry") ? fields.objects("Retry") : List.of();
    List<Fields> catches = fields.has("Catch") ? fields.objects("Catch") : List.of();
    Recovery recovery =
        new Recovery(
            retry.stream().map(RecoveryParser::retrier).toList(),
            catches.stream().map(catcher -> catcher(catcher, effects)).toList());
    checkOrder(fields, "Retry", recovery.retriers().stream().map(Retrier::errors).toList());
    checkOrder(fields, "Catch", recovery.catchers().stream().map(Catcher::errors).toList());
    return recovery;
  }

  private static Retrier retrier(Fields fields) {
    fields.ignore("Comment");
    String jitter = fields.optionalText("JitterStrategy").orElse("NONE");
    if (!jitter.equals("NONE") && !jitter.equals("FULL")) {
      throw fields.error("JitterStrategy", "no strategy is named " + jitter, "Use FULL or NONE");
    }
    Retrier retrier =
        new Retrier(
            fields.texts("ErrorEquals"),
            fields.number("IntervalSeconds", 1, 1),
            (int) fields.number("MaxAttempts", 0, 3),
            fields.number("BackoffRate", 1, 2),
            fields.number("MaxDelaySeconds", 1, LONGEST_DELAY),
            jitter.equals("FULL"));
    fields.done();
    return retrier;
  }

  private static Catcher catcher(Fields fields, EffectsParser effects) {
    fields.ignore("Comment");
    Catcher catcher =
        new Catcher(fields.texts("ErrorEquals"), effects.parse(fields), fields.text("Next"));
    fields.done();
    return catcher;
  }

  private static void checkOrder(Fields fields, String field, List<List<String>> errors) {
    for (int i = 0; i < errors.size(); i++) {
      boolean all = errors.get(i).contains(StateError.ALL);
      if (all && (errors.get(i).size() > 1 || i < errors.size() - 1)) {
        throw fields.error(
            field + "[" + i + "].ErrorEquals",
            "States.ALL beside others",
            "Let it stand alone in the last entry");
      }
    }
  }
}
