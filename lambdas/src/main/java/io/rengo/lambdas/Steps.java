package io.rengo.lambdas;

import com.fasterxml.jackson.databind.JsonNode;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.Json;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.Versions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The steps by name, as functions from JSON to JSON: what Lambda calls on AWS, and what the
/// interpreter calls in one JVM.
public final class Steps {
  private static final Set<ErrorCode> TRANSIENT =
      Set.of(ErrorCode.SERVICE_UNAVAILABLE, ErrorCode.CONFLICT);

  private final Map<String, UnaryOperator<JsonNode>> functions = new TreeMap<>();

  /// The steps over these ports.
  ///
  /// @param demands what is demanded of the updates of jobs that start from now on
  /// @param versions what runs here, for the ledger
  public Steps(
      Ports ports, Federation federation, Demands demands, Versions versions, Meter meter) {
    add("StartJob", StartJob.Input.class, new StartJob(ports, demands.trust(), versions));
    add("EnterRound", EnterRound.Input.class, new EnterRound(ports, demands.trust(), versions));
    add("Decide", Decide.Input.class, new Decide(ports));
    add("SelectCohort", SelectCohort.Input.class, new SelectCohort(ports));
    add(
        "DispatchTasks",
        DispatchTasks.Input.class,
        new DispatchTasks(ports, federation, demands.presigned()));
    add("OpenRound", OpenRound.Input.class, new OpenRound(ports));
    add(
        "AcceptUpdate",
        JsonNode.class,
        new AcceptUpdate(ports, federation, demands.authority(), meter));
    add("CloseRound", CloseRound.Input.class, new CloseRound(ports));
    add("PlanTiles", PlanTiles.Input.class, new PlanTiles(ports));
    add("MeasureTiles", MeasureTiles.Input.class, new MeasureTiles(ports));
    add("WeighUpdates", WeighUpdates.Input.class, new WeighUpdates(ports));
    add("FoldTiles", FoldTiles.Input.class, new FoldTiles(ports));
    add("MergeTiles", MergeTiles.Input.class, new MergeTiles(ports));
    add("StepShards", StepShards.Input.class, new StepShards(ports));
    add("PublishModel", PublishModel.Input.class, new PublishModel(ports));
    add("RecordRound", RecordRound.Input.class, new RecordRound(ports, versions, meter));
    add("FinishJob", FinishJob.Input.class, new FinishJob(ports));
    if (demands.presigned()) {
      add(
          "ServeMember",
          JsonNode.class,
          new ServeMember(ports, federation, demands.authority(), meter));
    }
  }

  private <I, O> void add(String name, Class<I> input, Step<I, O> step) {
    functions.put(
        name,
        json -> {
          try {
            return Json.tree(step.run(Json.read(json, input, name)));
          } catch (RengoException e) {
            throw TRANSIENT.contains(e.code()) ? new TransientException(e) : e;
          }
        });
  }

  /// The names of the steps.
  public Set<String> names() {
    return functions.keySet();
  }

  /// Runs a step. Throws [TransientException] where another try may go well, and [RengoException]
  /// otherwise.
  public JsonNode run(String name, JsonNode input) {
    return Optional.ofNullable(functions.get(name))
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.CONFIG_INVALID,
                "there is no step «" + name + "»",
                "RENGO_FUNCTION",
                "Use one of " + names()))
        .apply(input);
  }
}
