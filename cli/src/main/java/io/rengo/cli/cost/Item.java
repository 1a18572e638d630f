package io.rengo.cli.cost;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What AWS counts and charges for.
public enum Item {
  @JsonProperty("lambda-gb-second")
  LAMBDA_GB_SECOND("Lambda, GB-seconds"),
  @JsonProperty("lambda-request")
  LAMBDA_REQUEST("Lambda, calls"),
  @JsonProperty("state-transition")
  STATE_TRANSITION("Step Functions, transitions"),
  @JsonProperty("s3-write")
  S3_WRITE("S3, writes and listings"),
  @JsonProperty("s3-read")
  S3_READ("S3, reads"),
  @JsonProperty("s3-gb-month")
  S3_GB_MONTH("S3, GB-months"),
  @JsonProperty("sqs-request")
  SQS_REQUEST("SQS, requests"),
  @JsonProperty("table-write")
  TABLE_WRITE("DynamoDB, write units"),
  @JsonProperty("table-read")
  TABLE_READ("DynamoDB, read units"),
  @JsonProperty("kms-request")
  KMS_REQUEST("KMS, requests"),
  @JsonProperty("egress-gb")
  EGRESS_GB("Egress to members, GB");

  private final String label;

  Item(String label) {
    this.label = label;
  }

  /// As tables name it.
  public String label() {
    return label;
  }
}
