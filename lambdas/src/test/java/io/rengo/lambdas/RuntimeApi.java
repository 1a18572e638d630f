package io.rengo.lambdas;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// The API by which AWS Lambda hands events to a function's process, on a loopback port; and, on
/// the same port, a bucket and a table with nothing in them.
final class RuntimeApi implements AutoCloseable {
  /// What a function answered.
  ///
  /// @param kind `response`, or `error` of the invocation or of the start
  record Answer(String kind, String body) {}

  private static final String PREFIX = "/2018-06-01/runtime/";

  private final HttpServer server;
  private final BlockingQueue<String> events = new SynchronousQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final AtomicLong invocations = new AtomicLong();

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(PREFIX + "invocation/next", this::next);
    server.createContext(PREFIX, this::answer);
    server.createContext("/", RuntimeApi::serve);
    server.start();
  }

  String address() {
    return server.getAddress().getAddress().getHostAddress() + ":" + server.getAddress().getPort();
  }

  /// Waits until the function asks for an event.
  void awaitReady(long seconds) throws InterruptedException, TimeoutException {
    if (!ready.await(seconds, TimeUnit.SECONDS)) {
      throw new TimeoutException("the function asked for no event in " + seconds + " seconds");
    }
  }

  /// Hands an event to the function and waits for its answer.
  Answer invoke(String event, long seconds) throws InterruptedException, TimeoutException {
    if (!events.offer(event, seconds, TimeUnit.SECONDS)) {
      Answer early = answers.poll();
      if (early != null) {
        return early;
      }
      throw new TimeoutException("the function asked for no event in " + seconds + " seconds");
    }
    Answer answer = answers.poll(seconds, TimeUnit.SECONDS);
    if (answer == null) {
      throw new TimeoutException("no answer in " + seconds + " seconds");
    }
    return answer;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      ready.countDown();
      String event = events.take();
      long deadline = System.currentTimeMillis() + 60_000;
      Headers headers = exchange.getResponseHeaders();
      headers.add("Lambda-Runtime-Aws-Request-Id", "request-" + invocations.incrementAndGet());
      headers.add("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
      headers.add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:1:function:f");
      headers.add("Content-Type", "application/json");
      headers.add("Lambda-Runtime-Trace-Id", "Root=1-0-0;Parent=0;Sampled=0");
      send(exchange, 200, event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.close();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    answers.add(new Answer(path.substring(path.lastIndexOf('/') + 1), body));
    send(exchange, 202, "{\"status\":\"OK\"}");
  }

  /// Reads find nothing, writes go well.
  private static void serve(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> {
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        send(exchange, 404, "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>");
      }
      default -> {
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.getResponseHeaders().add("ETag", "\"1\"");
        send(exchange, 200, exchange.getRequestMethod().equals("PUT") ? "" : "{}");
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    boolean empty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, empty ? -1 : bytes.length);
    if (!empty) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }
}
