package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path folder;

  @Test
  void doctor_tellsWhatIsThere() {
    Shell shell = new Shell(folder, folder);
    shell.programs.put(
        "mvn", new Programs.Result(0, "\u001b[1mApache Maven 3.8.7\u001b[m\nJava version: 17.0.1"));
    shell.programs.put("python3", new Programs.Result(0, "Python 3.12.4"));
    shell.programs.put("node", new Programs.Result(0, "v22.1.0"));

    Shell.Result result = shell.run("doctor");

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .containsPattern("ok +JDK +" + Runtime.version().feature())
        .containsPattern("ok +Maven +3\\.8\\.7\\n")
        .containsPattern("ok +python3 +3\\.12\\.4")
        .containsPattern("absent +docker")
        .contains("ready");
  }

  @Test
  void doctor_saysHowToGetWhatIsAbsentOrTooOld() {
    Shell shell = new Shell(folder, folder);
    shell.programs.put("python3", new Programs.Result(0, "Python 3.9.1"));

    Shell.Result result = shell.run("doctor", "--format", "json");

    assertThat(result.json().at("/ready").asBoolean()).isTrue();
    assertThat(result.err())
        .contains("version 3.9.1, wanted: 3.11 to 3.13")
        .contains("apt-get install python3")
        .contains("https://nodejs.org");
    assertThat(result.json().at("/checks").findValuesAsText("verdict"))
        .containsExactly("found", "absent", "absent", "absent", "absent", "found");
  }
}
