package io.rengo.cdk;

import static io.rengo.cdk.Right.LIST_PARTS;
import static io.rengo.cdk.Right.READ_RECORDS;
import static io.rengo.cdk.Right.SEND_TASKS;
import static io.rengo.cdk.Right.SIGN;
import static io.rengo.cdk.Right.TAKE_EVENTS;
import static io.rengo.cdk.Right.UPLOAD_PARTS;
import static io.rengo.cdk.Right.WAKE_ROUND;
import static io.rengo.cdk.Right.WRITE_RECORDS;
import static io.rengo.cdk.Section.ACCEPTED;
import static io.rengo.cdk.Section.AUDIT;
import static io.rengo.cdk.Section.CLIPPING;
import static io.rengo.cdk.Section.COHORT;
import static io.rengo.cdk.Section.COORDINATOR;
import static io.rengo.cdk.Section.COUNTED;
import static io.rengo.cdk.Section.FOLDS;
import static io.rengo.cdk.Section.HISTORY;
import static io.rengo.cdk.Section.JOB_FILE;
import static io.rengo.cdk.Section.LEDGER;
import static io.rengo.cdk.Section.MEASURES;
import static io.rengo.cdk.Section.MEMORY;
import static io.rengo.cdk.Section.MODELS;
import static io.rengo.cdk.Section.NOISY;
import static io.rengo.cdk.Section.OPTIMIZER;
import static io.rengo.cdk.Section.PLANS;
import static io.rengo.cdk.Section.REGION;
import static io.rengo.cdk.Section.REPORT;
import static io.rengo.cdk.Section.RESULT;
import static io.rengo.cdk.Section.REVOKED;
import static io.rengo.cdk.Section.SPEC;
import static io.rengo.cdk.Section.TASKED;
import static io.rengo.cdk.Section.UPDATES;
import static io.rengo.cdk.Section.WEIGHTS;

import java.util.List;

/// The workflow's steps, one Lambda function each, with its size and with everything that it may
/// do. What a step writes it may also read: a second run finds the first one's output.
enum Step {
  START_JOB(
      "StartJob",
      1024,
      300,
      List.of(JOB_FILE, COORDINATOR),
      List.of(SPEC, MODELS, LEDGER),
      WRITE_RECORDS,
      SIGN),
  ENTER_ROUND(
      "EnterRound",
      1024,
      300,
      List.of(COORDINATOR),
      List.of(SPEC, MODELS, LEDGER, COUNTED),
      WRITE_RECORDS,
      SIGN),
  SELECT_COHORT("SelectCohort", 1024, 60, List.of(SPEC, HISTORY), List.of(COHORT), WRITE_RECORDS),
  DISPATCH_TASKS(
      "DispatchTasks",
      1024,
      900,
      List.of(SPEC, COHORT, COUNTED, COORDINATOR),
      List.of(TASKED),
      READ_RECORDS,
      SEND_TASKS,
      SIGN),
  OPEN_ROUND("OpenRound", 512, 60, List.of(), List.of(), WRITE_RECORDS, WAKE_ROUND),
  ACCEPT_UPDATE(
      "AcceptUpdate",
      1024,
      60,
      List.of(SPEC, COHORT, UPDATES, REVOKED),
      List.of(),
      WRITE_RECORDS,
      WAKE_ROUND,
      TAKE_EVENTS),
  CLOSE_ROUND("CloseRound", 1024, 300, List.of(SPEC), List.of(ACCEPTED), WRITE_RECORDS),
  PLAN_TILES(
      "PlanTiles",
      1024,
      300,
      List.of(SPEC, ACCEPTED, REPORT, COUNTED),
      List.of(PLANS, MODELS, CLIPPING, REGION),
      WRITE_RECORDS),
  MEASURE_TILES(
      "MeasureTiles", 1769, 900, List.of(SPEC, PLANS, UPDATES, MEMORY), List.of(MEASURES)),
  WEIGH_UPDATES(
      "WeighUpdates", 1769, 300, List.of(SPEC, PLANS, MEASURES), List.of(WEIGHTS, CLIPPING)),
  FOLD_TILES(
      "FoldTiles",
      1024,
      900,
      List.of(SPEC, PLANS, UPDATES, WEIGHTS, MODELS, REGION),
      List.of(FOLDS, MEMORY),
      UPLOAD_PARTS),
  MERGE_TILES("MergeTiles", 1024, 900, List.of(PLANS), List.of(FOLDS)),
  STEP_SHARDS(
      "StepShards",
      1769,
      900,
      List.of(SPEC, PLANS, FOLDS, CLIPPING),
      List.of(MODELS, OPTIMIZER, NOISY, REGION)),
  PUBLISH_MODEL(
      "PublishModel", 1024, 300, List.of(SPEC, PLANS), List.of(MODELS, REGION), LIST_PARTS),
  RECORD_ROUND(
      "RecordRound",
      1024,
      300,
      List.of(SPEC, COHORT, ACCEPTED, MODELS, PLANS, WEIGHTS, CLIPPING, COORDINATOR),
      List.of(REPORT, HISTORY, COUNTED, LEDGER, REGION, AUDIT),
      WRITE_RECORDS,
      SIGN),
  DECIDE("Decide", 1024, 60, List.of(SPEC), List.of(), WRITE_RECORDS),
  FINISH_JOB(
      "FinishJob",
      512,
      60,
      List.of(SPEC, COORDINATOR),
      List.of(RESULT, LEDGER),
      WRITE_RECORDS,
      SIGN);

  /// As the state machines, the function's name and `RENGO_FUNCTION` spell it.
  final String id;

  final int megabytes;
  final int seconds;
  final List<Section> reads;
  final List<Section> writes;
  final List<Right> rights;

  Step(
      String id,
      int megabytes,
      int seconds,
      List<Section> reads,
      List<Section> writes,
      Right... rights) {
    this.id = id;
    this.megabytes = megabytes;
    this.seconds = seconds;
    this.reads = reads;
    this.writes = writes;
    this.rights = List.of(rights);
  }

  /// What nobody needs once the round after is over.
  List<Section> letsExpire() {
    return switch (this) {
      case ACCEPT_UPDATE -> List.of(UPDATES);
      case FOLD_TILES -> List.of(FOLDS, MEMORY);
      case MERGE_TILES -> List.of(FOLDS);
      case STEP_SHARDS -> List.of(OPTIMIZER);
      default -> List.of();
    };
  }

  /// Steps that go through whole models earn back what the optimising compiler costs at the start.
  boolean aggregates() {
    return switch (this) {
      case MEASURE_TILES, WEIGH_UPDATES, FOLD_TILES, MERGE_TILES, STEP_SHARDS -> true;
      default -> false;
    };
  }

  /// The JVM's flags: measuring multiplies matrices on the Vector API, which the first compiler
  /// makes hundreds of times slower and the second as fast as the machine.
  String jvmFlags() {
    String compiler =
        aggregates() ? "-XX:TieredStopAtLevel=4" : "-XX:+TieredCompilation -XX:TieredStopAtLevel=1";
    return this == MEASURE_TILES ? compiler + " --add-modules=jdk.incubator.vector" : compiler;
  }

  /// Steps that read what members sent, and may unwrap its keys.
  boolean opensUpdates() {
    return reads.contains(UPDATES);
  }

  boolean may(Right right) {
    return rights.contains(right);
  }
}
