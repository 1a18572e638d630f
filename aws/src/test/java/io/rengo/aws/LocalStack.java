package io.rengo.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The LocalStack that the tests of all modules share: the one at `RENGO_AWS_ENDPOINT`, or one that
/// `test/localstack/up.sh` starts on this machine when it is first asked for, and that stays up for
/// the next test class and the next module. A test that cannot have it fails with what is missing.
public final class LocalStack {
  private static final String REGION = "us-east-1";
  private static final Object LOCK = new Object();
  private static @Nullable URI endpoint;

  private LocalStack() {}

  /// Where it answers.
  public static URI endpoint() {
    synchronized (LOCK) {
      if (endpoint == null) {
        endpoint =
            Optional.ofNullable(System.getenv("RENGO_AWS_ENDPOINT"))
                .filter(given -> !given.isBlank())
                .map(URI::create)
                .orElseGet(LocalStack::up);
      }
      return endpoint;
    }
  }

  /// The variables that lead an SDK, a CLI or [AwsPorts] there.
  public static Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL",
        endpoint().toString(),
        "AWS_ENDPOINT_URL_S3",
        endpoint().toString(),
        "AWS_REGION",
        REGION,
        "AWS_DEFAULT_REGION",
        REGION,
        "AWS_ACCESS_KEY_ID",
        "test",
        "AWS_SECRET_ACCESS_KEY",
        "test");
  }

  /// Clients that are led there.
  public static AwsClients clients() {
    return new AwsClients(environment());
  }

  /// The script waits for another one that is starting it, and does nothing where it is up.
  private static URI up() {
    Path script =
        Path.of(System.getProperty("rengo.root", ".."), "test", "localstack", "up.sh")
            .toAbsolutePath()
            .normalize();
    try {
      Path said = Files.createTempFile("localstack", ".log");
      Process process = new ProcessBuilder(script.toString()).redirectError(said.toFile()).start();
      String answer = new String(process.getInputStream().readAllBytes()).strip();
      int exit = process.waitFor();
      String progress = Files.readString(said);
      Files.delete(said);
      if (exit != 0) {
        throw new IllegalStateException(script + " ended with " + exit + ":\n" + progress);
      }
      return URI.create(answer);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + script, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while LocalStack starts", e);
    }
  }
}
