package io.rengo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.agent.AgentConfig;
import io.rengo.agent.data.DataLoader;
import io.rengo.protocol.JobFile;
import io.rengo.protocol.JobSpec;
import io.rengo.sim.SimulatedMembers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
  @TempDir Path folder;

  @Test
  void init_writesAJobFileThatIsReady() throws IOException {
    Shell.Result result = new Shell(folder).run("init", "mine");

    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("wrote  mine/job.yaml").contains("rengo run mine/job.yaml");
    Path job = folder.resolve("mine/job.yaml");
    JobSpec spec = JobFile.parse(Files.readString(job), "job.yaml");
    assertThat(SimulatedMembers.of(spec, folder.resolve("mine")).names()).hasSize(5);
  }

  @Test
  void init_writesAnAgentsConfigurationThatIsReady() {
    new Shell(folder).run("init", "mine");

    AgentConfig config = AgentConfig.read(folder.resolve("mine/agent.yaml"));
    assertThat(config.member()).isEqualTo("member-1");
    assertThat(DataLoader.load(config.data().orElseThrow(), config.folder()).training().count())
        .isGreaterThan(1000);
  }

  @Test
  void init_showsVariantsThatAreValidWhenTheyAreUsed() throws IOException {
    new Shell(folder).run("init");
    List<String> lines = Files.readAllLines(folder.resolve("job.yaml"));
    List<String> variants =
        lines.stream().filter(line -> line.matches("( *)# [a-z-]+: .*")).toList();

    assertThat(variants).hasSizeGreaterThan(8);
    for (String variant : variants) {
      String used = variant.replaceFirst("# ", "");
      String field = used.substring(0, used.indexOf(':') + 1);
      String file =
          String.join(
              "\n",
              lines.stream()
                  .filter(line -> !line.startsWith(field))
                  .map(line -> line.equals(variant) ? used : line)
                  .toList());
      assertThat(JobFile.parse(file, variant)).isNotNull();
    }
  }

  @Test
  void init_replacesNothing() throws IOException {
    Files.writeString(folder.resolve("job.yaml"), "mine");

    Shell.Result result = new Shell(folder).run("init", "--format", "json");

    assertThat(result.status()).isZero();
    assertThat(folder.resolve("job.yaml")).hasContent("mine");
    assertThat(result.json().at("/kept").toString()).contains("job.yaml");
    assertThat(result.json().at("/written").toString()).contains("agent.yaml");
  }
}
