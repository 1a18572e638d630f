package io.rengo.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that gives the answers that it was told to, in order, for what LocalStack never does:
/// refuse, be busy, or lose an answer.
final class FakeAws implements AutoCloseable {
  /// What answers a request, given its body.
  interface Reply {
    Answer to(String request);
  }

  /// An answer, or with status 0 a connection that breaks instead.
  record Answer(int status, Map<String, String> headers, String body) implements Reply {
    @Override
    public Answer to(String request) {
      return this;
    }

    static Answer json(int status, String body) {
      return new Answer(status, Map.of("Content-Type", "application/x-amz-json-1.0"), body);
    }

    static Answer xml(int status, String code) {
      String body = "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>";
      return new Answer(status, Map.of("Content-Type", "application/xml"), body);
    }

    static Answer lost() {
      return new Answer(0, Map.of(), "");
    }
  }

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /// A request that was answered.
  record Asked(String method, String path, String body) {}

  FakeAws(Reply... replies) {
    Iterator<Reply> next = List.of(replies).iterator();
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> answer(exchange, next.next()));
    server.start();
  }

  AwsClients clients() {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getAddress().getPort());
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    return new AwsClients(environment);
  }

  /// What was asked so far.
  List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange, Reply reply) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    asked.add(new Asked(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body));
    Answer answer = reply.to(body);
    if (answer.status() != 0) {
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] said = answer.body().getBytes(UTF_8);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), head || said.length == 0 ? -1 : said.length);
      if (!head) {
        exchange.getResponseBody().write(said);
      }
    }
    exchange.close();
  }
}
