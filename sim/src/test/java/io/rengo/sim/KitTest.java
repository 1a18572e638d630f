package io.rengo.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.rengo.agent.AgentConfig;
import io.rengo.agent.trust.Policy;
import io.rengo.identity.Kit;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent reads what a kit says.
class KitTest {
  @TempDir private Path folder;

  @Test
  void agent_readsItsConfigurationAndPolicy() {
    new Kit("demo", "north", "r", "b", new Kit.Credentials.ByRole("arn:role"), "rengo/agent:1")
        .write(folder, "-----BEGIN CERTIFICATE-----\n");

    AgentConfig config = AgentConfig.read(folder.resolve("agent.yaml"));
    assertThat(config.federation()).isEqualTo("demo");
    assertThat(config.member()).isEqualTo("north");
    assertThat(config.trust().orElseThrow().certificate()).isEqualTo(folder.resolve("member.pem"));
    assertThat(config.policy()).contains(folder.resolve("policy.yaml"));
    Policy policy = Policy.read(config.policy().orElseThrow());
    assertThat(policy.approval()).contains(Policy.Approval.REQUIRED);
    assertThat(policy.minimumCohort()).contains(3);
  }
}
