package io.rengo.protocol;

import com.fasterxml.jackson.databind.JsonNode;

/// A region's part of a round: the input of an execution of its workflow.
///
/// @param job the job's id, the same as above
/// @param round its number, the same as above
/// @param file the region's job file
/// @param model the model to begin from, in the region's own store
/// @param members the most that the region may have
/// @param deadlineSeconds after which the region goes on with what has come
public record RegionRound(
    String job,
    int round,
    Purpose purpose,
    JsonNode file,
    ModelRef model,
    int members,
    long deadlineSeconds) {
  /// The name of the execution: a task that is done again finds it.
  public static String execution(String job, int round) {
    return job + "-region-" + round;
  }
}
