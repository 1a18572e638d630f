package io.rengo.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackProps;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

class CombinerStackTest {
  private static final Map<String, Object> CONTEXT =
      Map.of(
          "federation", "north",
          "members", "hospital-a,hospital-b",
          "combiner-above", "world",
          "combiner-above-region", "us-east-1",
          "combiner-above-bucket", "rengo-world-111122223333-us-east-1",
          "combiner-role", "arn:aws:iam::111122223333:role/rengo-world-north",
          "combiner-image", "111122223333.dkr.ecr.eu-north-1.amazonaws.com/rengo/agent:0.1.0");
  private static final Synthesis NORTH = Synthesis.of(CONTEXT);

  @Test
  void combiner_isThereOnlyWhereItIsAskedFor() {
    assertThat(NORTH.templates()).containsKey("rengo-north-combiner");
    assertThat(Synthesis.WHOLE.templates()).doesNotContainKey("rengo-demo-combiner");
  }

  @Test
  void combiner_isOneSmallContainerThatNobodyReaches() {
    JsonNode service = only("AWS::ECS::Service");
    JsonNode task = only("AWS::ECS::TaskDefinition");

    assertThat(service.path("DesiredCount").asInt()).isEqualTo(1);
    assertThat(service.at("/DeploymentConfiguration/MaximumPercent").asInt()).isEqualTo(100);
    assertThat(task.path("Cpu").asText()).isEqualTo("256");
    assertThat(task.path("Memory").asText()).isEqualTo("1024");
    assertThat(NORTH.resources("AWS::EC2::NatGateway")).isEmpty();
    assertThat(only("AWS::EC2::SecurityGroup").has("SecurityGroupIngress")).isFalse();
  }

  @Test
  void combiner_isTheMemberAboveAndStartsRoundsHere() {
    String container = only("AWS::ECS::TaskDefinition").path("ContainerDefinitions").toString();

    assertThat(container)
        .contains("us-east-1", "rengo-world-111122223333-us-east-1", "rengo-world-north")
        .contains("federation: world\\nmember: north")
        .contains("rengo-north-region")
        .contains("env:RENGO_AGENT_CONFIG")
        .doesNotContain("SECRET");
  }

  @Test
  void combiner_mayDoNothingElse() {
    List<String> actions =
        NORTH.resources("AWS::IAM::Policy").stream()
            .filter(policy -> policy.stack().equals("rengo-north-combiner"))
            .flatMap(Synthesis::statements)
            .flatMap(statement -> Synthesis.many(statement.path("Action")).stream())
            .map(JsonNode::asText)
            .filter(action -> !action.startsWith("logs:") && !action.startsWith("ecr:"))
            .distinct()
            .toList();

    assertThat(actions)
        .containsExactlyInAnyOrder(
            "sts:AssumeRole",
            "states:StartExecution",
            "states:DescribeExecution",
            "s3:PutObject",
            "s3:GetObject",
            "kms:Decrypt",
            "kms:GenerateDataKey");
  }

  @Test
  void combiner_takesTheOneRoleThatIsNamed() {
    Map<String, Object> context = new HashMap<>(CONTEXT);
    context.put("combiner-role", "arn:aws:iam::111122223333:role/*");

    assertThatThrownBy(() -> Synthesis.of(context))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("combiner-role");
  }

  @Test
  void federation_mayBeDeployedInAnyRegion() {
    assertThat(NORTH.json("rengo-north-combiner").toString())
        .contains("\"Ref\":\"AWS::Region\"")
        .doesNotContain("eu-central-1");
    assertThat(only("AWS::ECS::Service").path("EnableExecuteCommand"))
        .isNotEqualTo(BooleanNode.TRUE);
  }

  @Test
  void awsSolutions_hasNoUnsuppressedFinding() throws IOException {
    App app = Synthesis.app(CONTEXT, Files.createTempDirectory("cdk"));
    Aspects.of(app)
        .add(new AwsSolutionsChecks(NagPackProps.builder().verbose(true).reports(false).build()));
    Stacks stacks = Stacks.of(app);

    assertThat(stacks.all())
        .allSatisfy(stack -> {
          Annotations annotations = Annotations.fromStack(stack);
          assertThat(annotations.findError("*", Match.stringLikeRegexp(".*")))
              .extracting(message -> message.getEntry().getData())
              .isEmpty();
        });
  }

  private static JsonNode only(String type) {
    List<Synthesis.Resource> found = NORTH.resources(type);
    assertThat(found).hasSize(1);
    return found.getFirst().properties();
  }
}
