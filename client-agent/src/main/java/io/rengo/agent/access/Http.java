package io.rengo.agent.access;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;

/// HTTPS requests, whose answers have a limit. Redirections are not followed.
record Http(HttpClient client) {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration ANSWER = Duration.ofMinutes(30);

  static Http create() {
    return new Http(HttpClient.newBuilder().connectTimeout(CONNECT).build());
  }

  /// The answer, whatever its status; throws [ErrorCode#SERVICE_UNAVAILABLE] where there is none.
  ///
  /// @param most bytes of the answer
  HttpResponse<byte[]> send(HttpRequest.Builder builder, int most) {
    HttpRequest request = builder.timeout(ANSWER).build();
    try {
      return client.send(
          request,
          info ->
              BodySubscribers.mapping(
                  BodyHandlers.ofInputStream().apply(info), in -> read(in, most, request.uri())));
    } catch (IOException e) {
      throw unavailable(request.uri(), String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(request.uri(), "interrupted");
    }
  }

  private static byte[] read(InputStream in, int most, URI address) {
    try (in) {
      byte[] bytes = in.readNBytes(most);
      if (in.read() < 0) {
        return bytes;
      }
    } catch (IOException e) {
      throw unavailable(address, String.valueOf(e.getMessage()));
    }
    throw new RengoException(
        ErrorCode.MESSAGE_INVALID,
        "the answer has more than " + most + " bytes",
        place(address),
        "Ask the federation's operator what answers there");
  }

  /// An error that may pass.
  static RengoException unavailable(URI address, String what) {
    return new RengoException(
        ErrorCode.SERVICE_UNAVAILABLE, what, place(address), "Check the network, and try again");
  }

  /// The address without what would let a reader of the log in.
  static String place(URI address) {
    return address.getScheme() + "://" + address.getAuthority() + address.getPath();
  }
}
