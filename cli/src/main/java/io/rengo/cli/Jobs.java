package io.rengo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.Purpose;
import io.rengo.protocol.Refusal;
import io.rengo.protocol.RoundReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// The jobs of one place to run, for those who look at them.
interface Jobs extends AutoCloseable {
  /// A round that is under way.
  ///
  /// @param accepted updates that count so far, of the `cohort` members that were asked
  record OpenRound(int round, Purpose purpose, int cohort, int accepted, int refused) {}

  /// All jobs, the newest first.
  List<JobState> list();

  /// The job, or empty.
  Optional<JobState> find(String job);

  /// The reports of the rounds after this one, in order.
  List<RoundReport> reports(String job, int after);

  /// The round under way, as far as the place tells it.
  Optional<OpenRound> open(String job);

  /// The refused updates of a round, late ones too.
  List<Refusal> refusals(String job, int round);

  /// Starts a job with its execution's input.
  void start(String job, JsonNode execution);

  /// Stops a job for good; throws where it has ended already.
  void abort(String job, String reason);

  /// Fetches a model, the newest without a version.
  ///
  /// @param file it is made whole or not at all
  Models.Pulled pull(String job, OptionalInt version, Path file);

  /// Reads the objects that hold a job.
  <T> T objects(String job, Function<ObjectStore, T> read);

  @Override
  void close();
}
