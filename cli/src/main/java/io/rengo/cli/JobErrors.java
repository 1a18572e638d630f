package io.rengo.cli;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;

/// What goes wrong when one looks for a job.
final class JobErrors {
  private JobErrors() {}

  static RengoException unknown(String job, String place) {
    return new RengoException(
        ErrorCode.JOB_UNKNOWN,
        "there is no job «" + job + "»",
        place,
        "List the jobs with `rengo list`; --on names another place to look at");
  }

  static RengoException ended(JobState job) {
    return new RengoException(
        ErrorCode.CONFLICT,
        "the job has ended already: " + job.state().word(),
        "job " + job.job(),
        "Nothing has to be done");
  }

  static RengoException noModel(String job, String version) {
    return new RengoException(
        ErrorCode.OBJECT_MISSING,
        "the job has no model of version " + version,
        "job " + job,
        "`rengo watch " + job + "` shows the rounds; each that publishes makes a version");
  }
}
