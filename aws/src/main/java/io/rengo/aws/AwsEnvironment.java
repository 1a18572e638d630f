package io.rengo.aws;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.RengoException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// What the environment variables say of a federation's resources and of how to reach AWS.
record AwsEnvironment(Map<String, String> variables) {
  static final String FEDERATION = "RENGO_FEDERATION";
  static final String BUCKET = "RENGO_BUCKET";
  static final String TABLE = "RENGO_TABLE";
  static final String JOB_STATE_MACHINE = "RENGO_JOB_STATE_MACHINE";

  static final String LEDGER_LOCK_DAYS = "RENGO_LEDGER_LOCK_DAYS";
  static final String ROLE = "RENGO_ROLE_ARN";
  static final String EXTERNAL_ID = "RENGO_ROLE_EXTERNAL_ID";

  AwsEnvironment {
    variables = Map.copyOf(variables);
  }

  Federation federation() {
    return new Federation(required(FEDERATION, "the federation's name"));
  }

  String bucket() {
    return required(BUCKET, "the name of the federation's bucket");
  }

  String table() {
    return required(TABLE, "the name of the federation's table");
  }

  String jobStateMachine() {
    String arn = required(JOB_STATE_MACHINE, "the ARN of the state machine of jobs");
    if (!arn.startsWith("arn:") || !arn.contains(":stateMachine:")) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "«" + arn + "» is not the ARN of a state machine",
          JOB_STATE_MACHINE,
          "Copy it from the outputs of the deployment: arn:aws:states:…:stateMachine:…");
    }
    return arn;
  }

  /// For how many days pages of ledgers are locked; empty where they are not.
  Optional<Integer> ledgerLockDays() {
    return variable(LEDGER_LOCK_DAYS)
        .map(text -> {
          try {
            return Integer.valueOf(text);
          } catch (NumberFormatException e) {
            throw new RengoException(
                ErrorCode.CONFIG_INVALID,
                "«" + text + "» is not a number of days",
                LEDGER_LOCK_DAYS,
                "Deploy the functions with the CDK app, which sets it",
                e);
          }
        });
  }

  /// The endpoint of a service where it is not AWS's own; `service` is as in `AWS_ENDPOINT_URL_S3`.
  Optional<URI> endpoint(String service) {
    return variable("AWS_ENDPOINT_URL_" + service)
        .or(() -> variable("AWS_ENDPOINT_URL"))
        .map(URI::create);
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  private String required(String name, String what) {
    return variable(name)
        .orElseThrow(() ->
            new RengoException(
                ErrorCode.CONFIG_INVALID,
                "the environment variable " + name + " is not set",
                name,
                "Set it to " + what + "; the outputs of the deployment name it"));
  }
}
