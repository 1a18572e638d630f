package io.rengo.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.rengo.cdk.Synthesis.Resource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerFleetStackTest {
  @Test
  void fleet_startsFromNothingAndEndsThere() {
    JsonNode group = only("AWS::AutoScaling::AutoScalingGroup");
    assertThat(group.path("MinSize").asText()).isEqualTo("0");
    assertThat(group.path("MaxSize").asText()).isEqualTo("4");
    assertThat(group.has("DesiredCapacity")).isFalse();
    assertThat(Synthesis.WHOLE.resources("AWS::AutoScaling::ScalingPolicy"))
        .extracting(policy -> policy.properties().path("AdjustmentType").asText())
        .containsExactlyInAnyOrder("ChangeInCapacity", "ExactCapacity");
  }

  @Test
  void fleet_followsItsMembersQueue() {
    Resource wait = alarm("TasksWait");
    JsonNode metric = wait.properties().at("/Metrics/0/MetricStat/Metric");
    assertThat(metric.path("MetricName").asText()).isEqualTo("ApproximateNumberOfMessagesVisible");
    assertThat(metric.at("/Dimensions/0/Value").asText()).isEqualTo("rengo-demo-member-member-1");
    assertThat(wait.properties().path("Threshold").asInt()).isEqualTo(1);
    assertThat(wait.properties().path("AlarmActions")).hasSize(1);
    assertThat(alarm("TasksDone").toString())
        .contains("waiting + working")
        .contains("ApproximateNumberOfMessagesNotVisible");
  }

  @Test
  void hosts_areClosed() {
    JsonNode data = only("AWS::EC2::LaunchTemplate").path("LaunchTemplateData");
    assertThat(data.path("InstanceType").asText()).isEqualTo("g5.xlarge");
    assertThat(data.at("/MetadataOptions/HttpTokens").asText()).isEqualTo("required");
    assertThat(data.at("/BlockDeviceMappings/0/Ebs/Encrypted").asBoolean()).isTrue();
    assertThat(data.at("/NetworkInterfaces/0/AssociatePublicIpAddress"))
        .isEqualTo(BooleanNode.FALSE);
    assertThat(Synthesis.WHOLE.resources("AWS::EC2::InternetGateway")).isEmpty();
    assertThat(Synthesis.WHOLE.resources("AWS::EC2::NatGateway")).isEmpty();
    assertThat(Synthesis.WHOLE.resources("AWS::EC2::SecurityGroup"))
        .allSatisfy(group ->
            assertThat(group.properties().toString()).doesNotContain("\"IpProtocol\":\"-1\""));
  }

  @Test
  void hosts_runTheAgentWithoutSecrets() {
    String data = only("AWS::EC2::LaunchTemplate").at("/LaunchTemplateData/UserData").toString();
    assertThat(data)
        .contains("docker run", "--gpus all", "--read-only", "RENGO_FEDERATION=demo")
        .contains("aws s3 sync --quiet s3://north-data/digits/ /data")
        .contains("ecr get-login-password")
        .doesNotContain("AWS_SECRET");
  }

  @Test
  void fleet_movesIntoAGivenVpc() {
    Map<String, Object> context = new HashMap<>(Synthesis.withFleet());
    context.put("gpu-vpc", "vpc-0123456789abcdef0");
    context.put("gpu-zones", "eu-central-1a,eu-central-1b");
    context.put("gpu-subnets", "subnet-0123456789abcdef0,subnet-0123456789abcdef1");
    Synthesis given = Synthesis.of(context);
    assertThat(given.resources("AWS::EC2::VPC")).isEmpty();
    assertThat(
            given
                .resources("AWS::AutoScaling::AutoScalingGroup")
                .getFirst()
                .properties()
                .path("VPCZoneIdentifier")
                .toString())
        .isEqualTo("[\"subnet-0123456789abcdef0\",\"subnet-0123456789abcdef1\"]");
  }

  private static JsonNode only(String type) {
    assertThat(Synthesis.WHOLE.resources(type)).hasSize(1);
    return Synthesis.WHOLE.resources(type).getFirst().properties();
  }

  private static Resource alarm(String id) {
    return Synthesis.WHOLE.resources("AWS::CloudWatch::Alarm").stream()
        .filter(alarm -> alarm.id().startsWith(id))
        .findFirst()
        .orElseThrow();
  }
}
