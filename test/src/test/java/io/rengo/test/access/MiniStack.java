package io.rengo.test.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// MiniStack with IAM enforcement, as a process of its own on loopback.
record MiniStack(URI endpoint, Process process) implements AutoCloseable {
  static MiniStack start() throws Exception {
    int port = freePort();
    Process process =
        new ProcessBuilder(
                Checkout.root().resolve("test/ministack/run.sh").toString(), String.valueOf(port))
            .redirectErrorStream(true)
            .start();
    CompletableFuture<URI> ready = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> read(process, port, ready));
    try {
      return new MiniStack(ready.get(5, TimeUnit.MINUTES), process);
    } catch (Exception e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /// Reads what the process says, for as long as it lives: it must not wait for its reader.
  private static void read(Process process, int port, CompletableFuture<URI> ready) {
    List<String> said = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!ready.isDone()) {
          said.add(line);
        }
        if (line.contains("Running on")) {
          ready.complete(URI.create("http://127.0.0.1:" + port));
        }
      }
    } catch (IOException e) {
      said.add(e.toString());
    }
    ready.completeExceptionally(new IllegalStateException(String.join("\n", said)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
