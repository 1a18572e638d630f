package io.rengo.test.access;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the documentation says of each role, as attempts: every row and every column of its tables,
/// with all that they leave out.
final class Matrix {
  private static final String DETAILS = "reference/permissions.md";

  private Matrix() {}

  /// The table of the threat model.
  static List<Attempt> member() throws IOException {
    return Tables.rows("explanation/threat-model.md", "action", "on", "answer").stream()
        .map(row ->
            new Attempt("north", plain(row.get(0)), row.get(1), row.get(2).equals("allowed")))
        .toList();
  }

  /// A function, and what its row says of it.
  private record Function(
      String name, List<String> reads, List<String> writes, String records, List<String> besides) {
    static Function of(List<String> row) {
      return new Function(
          plain(row.get(0)),
          names(row.get(1)),
          names(row.get(2)),
          row.get(3),
          row.size() < 5 ? List.of() : Arrays.asList(row.get(4).split(", ")));
    }

    boolean may(String what) {
      return besides.contains(what);
    }
  }

  static List<Attempt> functions() throws IOException {
    Map<String, String> parts = new TreeMap<>();
    for (List<String> row : Tables.rows(DETAILS, "part", "keys")) {
      parts.put(plain(row.get(0)), plain(row.get(1)));
    }
    List<Attempt> attempts = new ArrayList<>();
    for (List<String> row :
        Tables.rows(DETAILS, "function", "reads", "writes", "records", "besides")) {
      Function function = Function.of(row);
      attempts.addAll(objects(function, parts));
      attempts.addAll(others(function));
    }
    return attempts;
  }

  private static List<Attempt> objects(Function function, Map<String, String> parts) {
    List<String> writes = function.writes().stream().map(parts::get).toList();
    List<String> reads =
        Stream.concat(function.reads().stream().map(parts::get), writes.stream()).toList();
    List<Attempt> attempts = new ArrayList<>();
    for (Map.Entry<String, String> part : parts.entrySet()) {
      String key = part.getValue().replace("*", "1");
      String on = "object `" + key + "`";
      attempts.add(new Attempt(function.name(), "s3:GetObject", on, covers(reads, key)));
      attempts.add(new Attempt(function.name(), "s3:PutObject", on, covers(writes, key)));
      boolean product = key.equals("jobs/1/models/1") || key.equals("jobs/1/rounds/1/region/1");
      attempts.add(
          new Attempt(
              function.name(),
              "s3:UploadPart",
              on,
              covers(writes, key) || (product && function.may("uploads parts"))));
      attempts.add(
          new Attempt(
              function.name(),
              "s3:PutObjectTagging",
              on,
              function.may("lets `%s` expire".formatted(part.getKey()))));
      attempts.add(new Attempt(function.name(), "s3:DeleteObject", on, false));
    }
    attempts.add(new Attempt(function.name(), "s3:ListBucket", "the bucket", !reads.isEmpty()));
    attempts.add(new Attempt(function.name(), "s3:PutBucketPolicy", "the bucket", false));
    return attempts;
  }

  private static List<Attempt> others(Function function) {
    String who = function.name();
    boolean reads = !function.records().equals("none");
    boolean writes = function.records().equals("written");
    boolean sends = function.may("sends tasks");
    boolean takes = function.may("takes events");
    boolean wakes = function.may("wakes rounds");
    boolean opens = function.may("opens updates");
    return List.of(
        new Attempt(who, "dynamodb:GetItem", "the records", reads),
        new Attempt(who, "dynamodb:Query", "the records", reads),
        new Attempt(who, "dynamodb:PutItem", "the records", writes),
        new Attempt(who, "dynamodb:UpdateItem", "the records", writes),
        new Attempt(who, "dynamodb:Scan", "the records", false),
        new Attempt(who, "dynamodb:DeleteItem", "the records", false),
        new Attempt(who, "sqs:SendMessage", "queue `rengo-demo-member-north`", sends),
        new Attempt(who, "sqs:SendMessage", "queue `rengo-demo-member-south`", sends),
        new Attempt(who, "sqs:SendMessage", "queue `rengo-demo-events`", false),
        new Attempt(who, "sqs:ReceiveMessage", "queue `rengo-demo-member-north`", false),
        new Attempt(who, "sqs:ReceiveMessage", "queue `rengo-demo-events`", takes),
        new Attempt(who, "sqs:DeleteMessage", "queue `rengo-demo-events`", takes),
        new Attempt(who, "states:SendTaskSuccess", "state machine `rengo-demo-round`", wakes),
        new Attempt(who, "states:SendTaskSuccess", "state machine `rengo-demo-buffer`", wakes),
        new Attempt(who, "states:SendTaskSuccess", "state machine `rengo-demo-job`", false),
        new Attempt(who, "states:StartExecution", "state machine `rengo-demo-job`", false),
        new Attempt(who, "states:StartExecution", "state machine `rengo-demo-round`", false),
        new Attempt(who, "kms:Decrypt", "the updates' key as `north`", opens),
        new Attempt(who, "kms:Decrypt", "the updates' key as `north` of another federation", false),
        new Attempt(who, "kms:GenerateDataKey", "the updates' key as `north`", false),
        new Attempt(who, "kms:Decrypt", "the data key", false),
        new Attempt(who, "kms:Sign", "the signing key", function.may("signs")),
        new Attempt(who, "lambda:InvokeFunction", "function `rengo-demo-FoldTiles`", false),
        new Attempt(who, "sts:AssumeRole", "the role of `north`", false),
        new Attempt(who, "sts:AssumeRole", "the role of `FoldTiles`", false),
        new Attempt(who, "iam:PutRolePolicy", "the role of `" + who + "`", false));
  }

  static List<Attempt> stateMachines() throws IOException {
    List<String> functions =
        Tables.rows(DETAILS, "function", "reads", "writes", "records", "besides").stream()
            .map(row -> plain(row.getFirst()))
            .toList();
    List<Attempt> attempts = new ArrayList<>();
    for (List<String> row : Tables.rows(DETAILS, "state machine", "calls")) {
      String who = plain(row.getFirst());
      List<String> calls = names(row.get(1));
      for (String function : functions) {
        String on = "function `rengo-demo-" + function + "`";
        attempts.add(new Attempt(who, "lambda:InvokeFunction", on, calls.contains(function)));
      }
      attempts.addAll(rounds(who, List.of("job", "region").contains(who), who.equals("job")));
    }
    return attempts;
  }

  private static List<Attempt> rounds(String who, boolean starts, boolean fills) {
    String buffer = "state machine `rengo-demo-buffer`";
    String round = "state machine `rengo-demo-round`";
    String job = "state machine `rengo-demo-job`";
    return List.of(
        new Attempt(who, "states:StartExecution", round, starts),
        new Attempt(who, "states:DescribeExecution", round, starts),
        new Attempt(who, "states:StopExecution", round, starts),
        new Attempt(who, "states:StartExecution", buffer, fills),
        new Attempt(who, "states:DescribeExecution", buffer, fills),
        new Attempt(who, "states:StopExecution", buffer, fills),
        new Attempt(who, "states:StartExecution", job, false),
        new Attempt(who, "states:StopExecution", job, false),
        new Attempt(who, "s3:GetObject", "object `jobs/1/models/1`", false),
        new Attempt(who, "s3:PutObject", "object `jobs/1/models/1`", false),
        new Attempt(who, "dynamodb:GetItem", "the records", false),
        new Attempt(who, "sqs:SendMessage", "queue `rengo-demo-member-north`", false),
        new Attempt(who, "kms:Decrypt", "the updates' key as `north`", false),
        new Attempt(who, "kms:Sign", "the signing key", false));
  }

  /// As IAM reads a pattern: a star is anything, slashes too.
  private static boolean covers(List<String> patterns, String key) {
    return patterns.stream()
        .map(pattern ->
            Stream.of(pattern.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")))
        .anyMatch(key::matches);
  }

  private static List<String> names(String cell) {
    return new Attempt("", "", cell, false).names();
  }

  private static String plain(String cell) {
    return cell.replace("`", "");
  }
}
