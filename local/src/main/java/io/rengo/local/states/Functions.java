package io.rengo.local.states;

import com.fasterxml.jackson.databind.JsonNode;

/// The functions that tasks invoke, as AWS Lambda. Called from many threads at once; the calling
/// thread is interrupted when nobody waits for the result any more.
public interface Functions {
  /// Invokes a function, named as the definition names it. What else it throws counts as an error
  /// whose type is the exception's class, as in a Java function on AWS Lambda.
  JsonNode invoke(String function, JsonNode payload) throws FunctionError;
}
