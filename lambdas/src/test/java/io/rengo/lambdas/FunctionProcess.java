package io.rengo.lambdas;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The functions' jar in a process of its own, started as AWS Lambda starts it.
final class FunctionProcess implements AutoCloseable {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client";

  private final Process process;

  private FunctionProcess(Process process) {
    this.process = process;
  }

  /// How a process is started beyond what is always so.
  ///
  /// @param handler the handler's class
  /// @param options of the JVM
  /// @param classPath what comes after the jar and the runtime's client
  record Start(String handler, List<String> options, List<Path> classPath) {}

  /// The deployed handler, with the compiler that Lambda uses.
  static final Start PLAIN =
      new Start("io.rengo.lambdas.Handler", List.of("-XX:TieredStopAtLevel=1"), List.of());

  static FunctionProcess start(Path target, RuntimeApi api, String step, File log)
      throws IOException {
    return start(target, api, step, log, PLAIN);
  }

  /// @param target the build folder that holds the jar and the runtime's client
  static FunctionProcess start(Path target, RuntimeApi api, String step, File log, Start start)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-D" + CLIENT + ".runtimeapi.NativeClient.JNI=" + nativeLibrary(target));
    command.addAll(start.options());
    command.addAll(
        List.of("-cp", classPath(target, start), CLIENT + ".AWSLambda", start.handler()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(target.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    builder
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("AWS_LAMBDA_RUNTIME_API", api.address()),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", "rengo-test-" + step),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
                Map.entry("AWS_REGION", "eu-west-1"),
                Map.entry("AWS_ACCESS_KEY_ID", "test"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "test"),
                Map.entry("AWS_ENDPOINT_URL", "http://" + api.address()),
                Map.entry("POWERTOOLS_SERVICE_NAME", "rengo-test"),
                Map.entry("POWERTOOLS_METRICS_NAMESPACE", "Rengo"),
                Map.entry("RENGO_FEDERATION", "test"),
                Map.entry("RENGO_FUNCTION", step),
                Map.entry("RENGO_BUCKET", "bucket"),
                Map.entry("RENGO_TABLE", "rengo-test")));
    return new FunctionProcess(builder.start());
  }

  /// The jar first: an archive of classes is good for the same beginning of the class path alone.
  private static String classPath(Path target, Start start) throws IOException {
    List<String> jars = new ArrayList<>(List.of(target.resolve("rengo-lambdas.jar").toString()));
    Stream.concat(runtimeClient(target).stream(), start.classPath().stream())
        .map(Path::toString)
        .forEach(jars::add);
    return String.join(File.pathSeparator, jars);
  }

  private static List<Path> runtimeClient(Path target) throws IOException {
    try (var jars = Files.list(target.resolve("runtime-client"))) {
      return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /// A copy of the client's native library. Left to itself the client writes the library to one
  /// file in /tmp at each start, under the feet of the processes that have it loaded.
  private static synchronized Path nativeLibrary(Path target) throws IOException {
    Path library = target.resolve("runtime-client").resolve("aws-lambda-jni.so");
    if (Files.notExists(library)) {
      String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
      Path jar =
          runtimeClient(target).stream()
              .filter(path -> path.toString().contains("interface-client"))
              .findFirst()
              .orElseThrow();
      try (FileSystem content = FileSystems.newFileSystem(jar)) {
        Files.copy(content.getPath("jni", "libaws-lambda-jni.linux-" + machine + ".so"), library);
      }
    }
    return library;
  }

  long pid() {
    return process.pid();
  }

  /// Ends it as Lambda does, and gives it the time to write what it writes at its end.
  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
