package io.rengo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever bytes come, a decoder gives a value or one of the errors that it names; it does not
/// crash, hang or take more memory than it may. First the inputs that former runs kept, then new
/// ones: for 45 seconds in all, or for `-Drengo.fuzz.seconds`. With `-Drengo.fuzz.keep=true` what a
/// run finds out of the ordinary is kept in `fuzz/corpus`.
class HostileInputTest {
  private static final int SECONDS = Integer.getInteger("rengo.fuzz.seconds", 45);
  private static final boolean KEEP = Boolean.getBoolean("rengo.fuzz.keep");
  private static final Path ROOT = Path.of(System.getProperty("rengo.root", "..")).toAbsolutePath();
  private static final Path CORPUS = ROOT.resolve("fuzz/corpus");

  @TempDir Path folder;

  static Stream<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(CORPUS)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @EnumSource(Decoder.class)
  void decoder_takesWhatIsGood(Decoder decoder) {
    for (ByteBuffer good : decoder.good()) {
      decoder.read(good.asReadOnlyBuffer());
    }
  }

  @ParameterizedTest
  @MethodSource("kept")
  void decoder_takesWhatFormerRunsKept(Path input) throws IOException {
    Target.fuzzerTestOneInput(Files.readAllBytes(input));
  }

  @Test
  void decoders_takeAnything() throws Exception {
    Path good = Files.createDirectory(folder.resolve("good"));
    int number = 0;
    for (Decoder decoder : Decoder.values()) {
      for (ByteBuffer input : decoder.good()) {
        byte[] bytes = new byte[1 + input.remaining()];
        bytes[0] = (byte) decoder.ordinal();
        input.duplicate().get(bytes, 1, input.remaining());
        Files.write(good.resolve(String.valueOf(number++)), bytes);
      }
    }
    Path found = Files.createDirectory(folder.resolve("found"));
    fuzz("-max_total_time=" + SECONDS, found.toString(), CORPUS.toString(), good.toString());
    if (KEEP) {
      fuzz("-merge=1", CORPUS.toString(), found.toString());
    }
  }

  private void fuzz(String... arguments) throws Exception {
    Path log = folder.resolve("log");
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx1g",
                "-XX:+EnableDynamicAgentLoading",
                "-Xshare:off",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Drengo.root=" + ROOT,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Target.class.getName(),
                "--instrumentation_includes=io.rengo.**",
                "--reproducer_path=" + Files.createDirectories(ROOT.resolve(".rengo/fuzz")),
                "-artifact_prefix=" + ROOT.resolve(".rengo/fuzz") + "/",
                "-max_len=8192",
                "-timeout=5",
                "-rss_limit_mb=3000"));
    command.addAll(List.of(arguments));
    int exit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    List<String> said = Files.readAllLines(log);
    assertThat(exit)
        .as(String.join("\n", said.subList(Math.max(0, said.size() - 60), said.size())))
        .isZero();
    said.stream().filter(line -> line.startsWith("Done ")).forEach(System.out::println);
  }
}
