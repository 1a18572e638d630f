package io.rengo.cdk;

import static io.rengo.cdk.Right.LIST_PARTS;
import static io.rengo.cdk.Right.READ_RECORDS;
import static io.rengo.cdk.Right.SEND_TASKS;
import static io.rengo.cdk.Right.SIGN;
import static io.rengo.cdk.Right.TAKE_EVENTS;
import static io.rengo.cdk.Right.UPLOAD_PARTS;
import static io.rengo.cdk.Right.WAKE_ROUND;
import static io.rengo.cdk.Right.WRITE_RECORDS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.Key;

/// The table of [Step] as policy statements.
final class StepPolicy {
  /// What a round makes.
  private static final List<Section> PRODUCTS = List.of(Section.MODELS, Section.REGION);

  private final Part stack;
  private final StorageStack storage;
  private final Statements shared;

  StepPolicy(Part stack, StorageStack storage) {
    this.stack = stack;
    this.storage = storage;
    this.shared = new Statements(stack, storage);
  }

  List<PolicyStatement> of(Step step) {
    List<PolicyStatement> statements = new ArrayList<>();
    List<Section> reads = Stream.concat(step.reads.stream(), step.writes.stream()).toList();
    if (!reads.isEmpty()) {
      statements.add(objects("ReadObjects", "s3:GetObject", reads));
      statements.add(listing());
    }
    if (!step.writes.isEmpty()) {
      statements.add(objects("WriteObjects", "s3:PutObject", step.writes));
    }
    if (stack.settings.ledgerLock().isPresent() && step.writes.contains(Section.LEDGER)) {
      statements.add(objects("LockLedger", "s3:PutObjectRetention", List.of(Section.LEDGER)));
    }
    if (step.may(UPLOAD_PARTS)) {
      statements.add(shared.partsOfObjects("UploadParts", patterns(PRODUCTS)));
    }
    if (!step.letsExpire().isEmpty()) {
      statements.add(objects("LetExpire", "s3:PutObjectTagging", step.letsExpire()));
    }
    if (step.may(LIST_PARTS)) {
      statements.add(objects("ListParts", "s3:ListMultipartUploadParts", PRODUCTS));
    }
    records(step).ifPresent(statements::add);
    if (step.may(SEND_TASKS)) {
      statements.add(sending());
    }
    if (step.may(WAKE_ROUND)) {
      statements.add(waking());
    }
    if (step.may(TAKE_EVENTS)) {
      statements.add(takingEvents());
    }
    statements.add(key(step));
    if (step.opensUpdates()) {
      statements.add(opening());
    }
    if (step == Step.DISPATCH_TASKS && stack.settings.presigned()) {
      // Members seal to them that have no credentials for AWS.
      statements.add(shared.makeKeys("MakeRoundKeys", Names.ROUND));
    }
    if (step.may(SIGN)) {
      storage.signingKey.map(StepPolicy::signing).ifPresent(statements::add);
    }
    return statements;
  }

  private PolicyStatement objects(String sid, String action, List<Section> sections) {
    return shared.objects(sid, action, patterns(sections));
  }

  private static List<String> patterns(List<Section> sections) {
    return sections.stream().map(section -> section.pattern).toList();
  }

  /// Without it S3 answers «forbidden» instead of «not found» for an object that is not there yet.
  private PolicyStatement listing() {
    return statement(
        "TellAbsence", List.of("s3:ListBucket"), List.of(storage.bucket.getBucketArn()));
  }

  private Optional<PolicyStatement> records(Step step) {
    List<String> read = List.of("dynamodb:GetItem", "dynamodb:Query");
    List<String> write =
        List.of("dynamodb:ConditionCheckItem", "dynamodb:PutItem", "dynamodb:UpdateItem");
    List<String> actions =
        step.may(WRITE_RECORDS)
            ? Stream.concat(read.stream(), write.stream()).toList()
            : step.may(READ_RECORDS) ? read : List.of();
    return actions.isEmpty()
        ? Optional.empty()
        : Optional.of(statement("Records", actions, List.of(storage.table.getTableArn())));
  }

  private PolicyStatement sending() {
    return statement(
        "SendTasks",
        List.of("sqs:GetQueueUrl", "sqs:SendMessage"),
        stack.settings.members().stream()
            .map(stack.names::memberQueue)
            .map(stack::queueArn)
            .toList());
  }

  private PolicyStatement takingEvents() {
    return statement(
        "TakeEvents",
        List.of(
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:ReceiveMessage"),
        List.of(stack.queueArn(stack.names.eventQueue())));
  }

  private PolicyStatement waking() {
    return statement(
        "WakeRound",
        List.of("states:SendTaskSuccess"),
        List.of(stack.roundStateMachineArn(), stack.bufferStateMachineArn()));
  }

  /// What the services that a step calls need of the data key on its behalf.
  private PolicyStatement key(Step step) {
    TreeSet<String> services = new TreeSet<>();
    TreeSet<String> actions = new TreeSet<>(List.of("kms:Decrypt"));
    if (!step.reads.isEmpty() || !step.writes.isEmpty()) {
      services.add("s3");
    }
    if (!step.writes.isEmpty() || step.may(SEND_TASKS)) {
      actions.add("kms:GenerateDataKey");
    }
    if (step.may(SEND_TASKS) || step.may(TAKE_EVENTS)) {
      services.add("sqs");
    }
    if (step.may(READ_RECORDS) || step.may(WRITE_RECORDS)) {
      services.add("dynamodb");
      actions.add("kms:DescribeKey");
    }
    if (step.may(WRITE_RECORDS)) {
      actions.addAll(
          List.of("kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"));
    }
    return KeyUse.through(stack, services.toArray(String[]::new))
        .sid("UseKey")
        .actions(List.copyOf(actions))
        .resources(List.of(storage.key.getKeyArn()))
        .build();
  }

  private static PolicyStatement signing(Key key) {
    return statement("Sign", List.of("kms:Sign"), List.of(key.getKeyArn()));
  }

  /// The keys of this federation's updates.
  private PolicyStatement opening() {
    return PolicyStatement.Builder.create()
        .sid("OpenUpdates")
        .actions(List.of("kms:Decrypt"))
        .resources(List.of(storage.updatesKey.getKeyArn()))
        .conditions(
            Map.of(
                "StringEquals",
                Map.of("kms:EncryptionContext:federation", stack.names.federation())))
        .build();
  }

  private static PolicyStatement statement(
      String sid, List<String> actions, List<String> resources) {
    return PolicyStatement.Builder.create().sid(sid).actions(actions).resources(resources).build();
  }
}
