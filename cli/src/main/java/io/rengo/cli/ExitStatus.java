package io.rengo.cli;

import io.rengo.protocol.ErrorCode;

/// What a command's exit status says. The numbers are part of the command line's contract.
enum ExitStatus {
  /// Done; where the command follows a job, the job completed.
  OK(0),
  /// The job failed, or a program that the command runs did.
  FAILED(1),
  /// The command line, or a file that it names, is wrong.
  USAGE(2),
  /// Something that must be installed or running is missing.
  MISSING(3),
  /// Somebody aborted the job.
  ABORTED(4),
  /// A service, or the state of the job, does not allow it now.
  UNAVAILABLE(5),
  /// A defect of rengo itself.
  DEFECT(70);

  private final int number;

  ExitStatus(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /// What an error of this code ends a command with.
  static ExitStatus of(ErrorCode code) {
    return switch (code) {
      case JOB_INVALID,
          PRIVACY_REFUSED,
          CONFIG_INVALID,
          DATA_INVALID,
          TASK_INVALID,
          DEFINITION_INVALID,
          JOB_UNKNOWN ->
          USAGE;
      case PREREQUISITE_MISSING -> MISSING;
      case JOB_ABORTED -> ABORTED;
      case OBJECT_MISSING, QUEUE_MISSING, CONFLICT, SERVICE_UNAVAILABLE, ACCESS_DENIED ->
          UNAVAILABLE;
      default -> FAILED;
    };
  }

  /// What following a job ends with, by how the job ended.
  static ExitStatus of(JobState.State state) {
    return switch (state) {
      case COMPLETED -> OK;
      case ABORTED -> ABORTED;
      default -> FAILED;
    };
  }
}
