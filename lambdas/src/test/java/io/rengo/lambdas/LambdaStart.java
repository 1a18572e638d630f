package io.rengo.lambdas;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// How long the functions' jar takes to its first answer and to the later ones.
///
/// `measure TARGET RUNS [CACHE]` prints one JSON object a line; `train TARGET CACHE` writes the
/// cache of loaded and linked classes (JEP 483) of a start and some calls.
public final class LambdaStart {
  private record Mode(String name, FunctionProcess.Start start) {}

  private static final List<String> COMPILER = List.of("-XX:TieredStopAtLevel=1");
  private static final int WARM_CALLS = 200;
  private static final long SECONDS = 120;
  private static final List<String> STEPS = List.of("Decide", "AcceptUpdate");

  private LambdaStart() {}

  public static void main(String[] arguments) throws Exception {
    Path target = Path.of(arguments[1]).toAbsolutePath();
    switch (arguments[0]) {
      case "train" -> train(target, Path.of(arguments[2]).toAbsolutePath());
      case "measure" ->
          measure(
              target,
              Integer.parseInt(arguments[2]),
              modes(target, List.of(arguments).subList(3, arguments.length)));
      default -> throw new IllegalArgumentException("measure or train, not " + arguments[0]);
    }
    System.exit(0);
  }

  private static List<Mode> modes(Path target, List<String> cache) {
    List<Mode> modes = new ArrayList<>();
    modes.add(new Mode("plain", FunctionProcess.PLAIN));
    for (String file : cache) {
      modes.add(
          new Mode("aot-cache", withOption("-XX:AOTCache=" + Path.of(file).toAbsolutePath())));
    }
    modes.add(
        new Mode(
            "primed",
            new FunctionProcess.Start(
                PrimedHandler.class.getName(), COMPILER, List.of(target.resolve("test-classes")))));
    return modes;
  }

  private static FunctionProcess.Start withOption(String option) {
    List<String> options = new ArrayList<>(COMPILER);
    options.add(option);
    return new FunctionProcess.Start(Handler.class.getName(), options, List.of());
  }

  private static void train(Path target, Path cache) throws Exception {
    File log = target.resolve("aot.log").toFile();
    FunctionProcess.Start start = withOption("-XX:AOTCacheOutput=" + cache);
    Files.deleteIfExists(cache);
    try (RuntimeApi api = new RuntimeApi();
        FunctionProcess function = FunctionProcess.start(target, api, "StartJob", log, start)) {
      for (int i = 0; i < 20; i++) {
        api.invoke(
            """
            {"job": "training-%d", "members": ["a", "b"],
             "input": {"file": "model: {kind: mlp, layers: [4, 2]}"}}
            """
                .formatted(i),
            SECONDS);
      }
    }
    if (Files.notExists(cache)) {
      throw new IOException("no cache was written; see " + log);
    }
  }

  private static void measure(Path target, int runs, List<Mode> modes) throws Exception {
    long size = Files.size(target.resolve("rengo-lambdas.jar"));
    print(
        "{\"what\": \"jar\", \"mib\": %.1f, \"java\": \"%s\", \"cores\": %d}",
        size / 1048576.0,
        System.getProperty("java.vm.version"),
        Runtime.getRuntime().availableProcessors());
    for (String step : STEPS) {
      for (Mode mode : modes) {
        List<Run> all = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
          all.add(run(target, step, mode));
        }
        report(step, mode, all);
      }
    }
  }

  /// @param init milliseconds from the start of the process until it asks for its first event
  /// @param first milliseconds of the first call
  /// @param warm milliseconds of a later call, the median
  /// @param mib the most memory that was resident
  private record Run(double init, double first, double warm, double mib) {}

  private static Run run(Path target, String step, Mode mode) throws Exception {
    File log = target.resolve("lambda-start.log").toFile();
    try (RuntimeApi api = new RuntimeApi()) {
      long begin = System.nanoTime();
      try (FunctionProcess function = FunctionProcess.start(target, api, step, log, mode.start())) {
        api.awaitReady(SECONDS);
        long ready = System.nanoTime();
        call(api, step);
        long first = System.nanoTime();
        List<Double> warm = new ArrayList<>();
        for (int i = 0; i < WARM_CALLS; i++) {
          long from = System.nanoTime();
          call(api, step);
          warm.add((System.nanoTime() - from) / 1e6);
        }
        return new Run(
            (ready - begin) / 1e6,
            (first - ready) / 1e6,
            median(warm),
            residentMib(function.pid()));
      }
    }
  }

  private static void call(RuntimeApi api, String step) throws Exception {
    RuntimeApi.Answer answer = api.invoke(event(step), SECONDS);
    boolean expected =
        step.equals("Decide")
            ? answer.body().contains("JOB_UNKNOWN")
            : answer.body().equals("{\"batchItemFailures\":[]}");
    if (!expected) {
      throw new IOException(step + " answered " + answer);
    }
  }

  private static String event(String step) {
    return step.equals("Decide")
        ? "{\"job\": \"nobody\"}"
        : """
        {"Records": [{"messageId": "m", "body": "{\\"Records\\": [{\\"s3\\": {\\"object\\": {\\"key\\":
         \\"jobs/j/rounds/000001/updates/ann/manifest.json\\", \\"eTag\\": \\"e\\"}}}]}"}]}
        """
            .replace("\n ", "");
  }

  private static double residentMib(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static void report(String step, Mode mode, List<Run> runs) {
    print(
        "{\"what\": \"start\", \"step\": \"%s\", \"mode\": \"%s\", \"runs\": %d, \"initMs\": %.0f,"
            + " \"firstCallMs\": %.0f, \"coldMs\": %.0f, \"coldMsBest\": %.0f, \"warmMs\": %.2f,"
            + " \"residentMib\": %.0f}",
        step,
        mode.name(),
        runs.size(),
        median(runs.stream().map(Run::init).toList()),
        median(runs.stream().map(Run::first).toList()),
        median(runs.stream().map(run -> run.init() + run.first()).toList()),
        runs.stream().mapToDouble(run -> run.init() + run.first()).min().orElseThrow(),
        median(runs.stream().map(Run::warm).toList()),
        median(runs.stream().map(Run::mib).toList()));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
