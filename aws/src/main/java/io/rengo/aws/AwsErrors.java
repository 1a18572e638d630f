package io.rengo.aws;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// What the exceptions of the SDK mean in the words of the protocol: the only place that knows.
final class AwsErrors {
  private static final Set<String> DENIED =
      Set.of(
          "AuthFailure",
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");
  private static final Set<String> CONFLICTS =
      Set.of(
          "ConditionalRequestConflict",
          "OperationAborted",
          "TransactionCanceledException",
          "TransactionConflictException",
          "TransactionInProgressException");
  private static final Set<String> ABSENT =
      Set.of("NoSuchBucket", "ResourceNotFoundException", "StateMachineDoesNotExist");

  private AwsErrors() {}

  /// The call's result; an exception of the SDK is thrown as a [RengoException].
  ///
  /// @param where the resource that the call is about
  static <T> T translated(String where, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw of(where, e);
    }
  }

  static RengoException of(String where, SdkException e) {
    return e instanceof AwsServiceException refused
        ? ofService(where, refused)
        : ofClient(where, e);
  }

  static boolean isCode(AwsServiceException e, String code) {
    return code(e).equals(code);
  }

  private static RengoException ofService(String where, AwsServiceException e) {
    String code = code(e);
    int status = e.statusCode();
    if (e.isThrottlingException() || status >= 500) {
      return error(ErrorCode.SERVICE_UNAVAILABLE, where, "Try again; it may pass", e);
    }
    if (status == 401
        || status == 403
        || DENIED.contains(code)
        || code.startsWith("AccessDenied")) {
      return error(
          ErrorCode.ACCESS_DENIED,
          where,
          "Check which credentials this process uses and what their role may do",
          e);
    }
    if (ABSENT.contains(code)) {
      return error(
          ErrorCode.CONFIG_INVALID,
          where,
          "Check the name, the account and the region, and that the federation is deployed",
          e);
    }
    if (CONFLICTS.contains(code) && !String.valueOf(e.getMessage()).contains("ValidationError")) {
      return error(ErrorCode.CONFLICT, where, "Try again when fewer processes write there", e);
    }
    return error(ErrorCode.MESSAGE_INVALID, where, "Mend what the service names", e);
  }

  private static RengoException ofClient(String where, SdkException e) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("Unable to load credentials")) {
      return new RengoException(
          ErrorCode.ACCESS_DENIED,
          "no credentials for AWS are found",
          where,
          "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give this machine a"
              + " role",
          e);
    }
    if (message.startsWith("Unable to load region")) {
      return new RengoException(
          ErrorCode.CONFIG_INVALID, "no region of AWS is given", where, "Set AWS_REGION", e);
    }
    return error(
        ErrorCode.SERVICE_UNAVAILABLE,
        where,
        "Check the network and the endpoint, and try again",
        e);
  }

  private static RengoException error(
      ErrorCode code, String where, String mend, SdkException cause) {
    return new RengoException(code, String.valueOf(cause.getMessage()), where, mend, cause);
  }

  private static String code(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }
}
