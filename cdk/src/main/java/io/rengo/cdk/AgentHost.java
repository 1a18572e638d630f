package io.rengo.cdk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.services.ec2.UserData;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.ILogGroup;

/// What a trainer's host does when it starts: fetch the image and run the agent in it, for as long
/// as the host lives. Credentials come from the host's role; there is no secret in the user data.
final class AgentHost {
  /// How long the agent has to hand its task back before the host goes.
  private static final int SECONDS_TO_STOP = 110;

  /// As the image has it.
  private static final int AGENT_USER = 10001;

  private final Part stack;
  private final GpuFleet fleet;
  private final String bucket;

  AgentHost(Part stack, GpuFleet fleet, String bucket) {
    this.stack = stack;
    this.fleet = fleet;
    this.bucket = bucket;
  }

  UserData userData() {
    UserData data = UserData.forLinux();
    data.addCommands(
        "set -euo pipefail",
        "install -d -m 0755 /etc/rengo /data",
        "base64 -d >/etc/rengo/agent.yaml <<'CONFIG'\n" + encoded() + "\nCONFIG",
        "systemctl enable --now docker");
    fleet
        .data()
        .ifPresent(from -> data.addCommands("aws s3 sync --quiet " + from.uri() + " /data"));
    registry().ifPresent(data::addCommands);
    data.addCommands(run());
    return data;
  }

  private String run() {
    return String.join(
        " ",
        "docker run --detach --name rengo-agent --restart unless-stopped",
        "--gpus all --network host --read-only --cap-drop ALL --security-opt no-new-privileges",
        "--stop-timeout " + SECONDS_TO_STOP,
        "--tmpfs /tmp:exec --tmpfs /run/rengo:uid=" + AGENT_USER,
        "--volume rengo-work:/var/lib/rengo",
        "--volume /etc/rengo:/etc/rengo:ro --volume /data:/data:ro",
        "--env RENGO_FEDERATION=" + stack.names.federation(),
        "--env RENGO_BUCKET=" + bucket,
        "--env AWS_REGION=" + stack.getRegion(),
        "--log-driver awslogs --log-opt awslogs-region=" + stack.getRegion(),
        "--log-opt awslogs-group=" + stack.names.agentLogs(),
        fleet.image());
  }

  /// To write logs, to read the member's data, and to pull the image where it lies in Amazon ECR.
  static List<PolicyStatement> grant(Part stack, GpuFleet fleet, ILogGroup logs) {
    List<PolicyStatement> statements = new ArrayList<>();
    statements.add(
        statement(
            "WriteLogs",
            List.of("logs:CreateLogStream", "logs:PutLogEvents"),
            logs.getLogGroupArn()));
    fleet
        .data()
        .ifPresent(data -> {
          statements.add(statement("ListData", List.of("s3:ListBucket"), bucket(stack, data)));
          statements.add(
              statement(
                  "ReadData",
                  List.of("s3:GetObject"),
                  bucket(stack, data) + "/" + data.prefix() + "*"));
        });
    EcrImage.of(fleet.image()).ifPresent(image -> statements.addAll(image.pull(stack)));
    return statements;
  }

  private Optional<String> registry() {
    return EcrImage.of(fleet.image())
        .map(image ->
            "aws ecr get-login-password --region %s | docker login --username AWS --password-stdin %s"
                .formatted(image.region(), image.registry()));
  }

  private String encoded() {
    return Base64.getMimeEncoder(76, new byte[] {'\n'})
        .encodeToString(fleet.config().getBytes(StandardCharsets.UTF_8));
  }

  private static String bucket(Part stack, GpuFleet.Data data) {
    return stack.formatArn(
        ArnComponents.builder()
            .service("s3")
            .region("")
            .account("")
            .resource(data.bucket())
            .build());
  }

  private static PolicyStatement statement(String sid, List<String> actions, String resource) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .actions(actions)
        .resources(List.of(resource))
        .build();
  }
}
