package io.rengo.trainer.dense;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WithoutVectorApiTest {
  @Test
  void plainLoops_areUsedWhereTheModuleIsMissing() throws IOException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Report.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(output).isEqualTo("plain loops");
  }

  /// A program that says which kernels it got.
  static final class Report {
    public static void main(String[] args) {
      System.out.print(DenseTrainerProvider.kernels());
    }
  }
}
