package io.rengo.cdk;

import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.ContainerInsights;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/// The agent that makes this federation a member of another: one small container that takes the
/// other's tasks, has this federation's state machine do them, and sends the means. It reaches AWS,
/// and nobody reaches it.
final class CombinerStack extends Part {
  private static final int CPU = 256;

  private final Combiner combiner;
  private final StorageStack storage;

  CombinerStack(Construct scope, Settings settings, Combiner combiner, StorageStack storage) {
    super(scope, settings, "combiner", "the agent that makes it a region of " + combiner.above());
    this.combiner = combiner;
    this.storage = storage;
    Role role = role();
    Vpc vpc = vpc();
    FargateService.Builder.create(this, "Service")
        .cluster(
            Cluster.Builder.create(this, "Cluster")
                .vpc(vpc)
                .containerInsightsV2(ContainerInsights.ENABLED)
                .build())
        .taskDefinition(task(role))
        .desiredCount(combiner.count())
        .minHealthyPercent(0)
        .maxHealthyPercent(100)
        .assignPublicIp(true)
        .vpcSubnets(SubnetSelection.builder().subnetType(SubnetType.PUBLIC).build())
        .securityGroups(List.of(nothingIn(vpc)))
        .build();
    output("CombinerRole", "member-principal of the federation above", role.getRoleArn());
  }

  /// Public addresses, since another region's services have no endpoint here and a gateway would
  /// cost more than the container.
  private Vpc vpc() {
    return Vpc.Builder.create(this, "Vpc")
        .maxAzs(2)
        .natGateways(0)
        .restrictDefaultSecurityGroup(false)
        .subnetConfiguration(
            List.of(
                SubnetConfiguration.builder()
                    .name("combiner")
                    .subnetType(SubnetType.PUBLIC)
                    .mapPublicIpOnLaunch(false)
                    .cidrMask(24)
                    .build()))
        .gatewayEndpoints(
            Map.of(
                "S3",
                GatewayVpcEndpointOptions.builder()
                    .service(GatewayVpcEndpointAwsService.S3)
                    .build()))
        .flowLogs(
            Map.of(
                "FlowLogs",
                FlowLogOptions.builder()
                    .destination(
                        FlowLogDestination.toCloudWatchLogs(
                            logs("NetworkLogs", names.fleetLogs("combiner-network"))))
                    .build()))
        .build();
  }

  private SecurityGroup nothingIn(Vpc vpc) {
    SecurityGroup group =
        SecurityGroup.Builder.create(this, "Combiner")
            .vpc(vpc)
            .description("The combiner: nothing in, TLS out")
            .allowAllOutbound(false)
            .build();
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "AWS");
    return group;
  }

  private FargateTaskDefinition task(Role role) {
    Role start =
        Role.Builder.create(this, "StartRole")
            .assumedBy(new ServicePrincipal("ecs-tasks.amazonaws.com"))
            .description("What starts the combiner's container")
            .build();
    EcrImage.of(combiner.image()).ifPresent(image -> image.pull(this).forEach(start::addToPolicy));
    FargateTaskDefinition task =
        FargateTaskDefinition.Builder.create(this, "Task")
            .cpu(CPU)
            .memoryLimitMiB(combiner.memory())
            .taskRole(role)
            .executionRole(start)
            .build();
    task.addContainer(
        "Agent",
        ContainerDefinitionOptions.builder()
            .image(ContainerImage.fromRegistry(combiner.image()))
            .command(List.of("--config", "env:RENGO_AGENT_CONFIG"))
            .environment(environment())
            .logging(
                LogDriver.awsLogs(
                    AwsLogDriverProps.builder()
                        .logGroup(logs("AgentLogs", names.fleetLogs("combiner")))
                        .streamPrefix("combiner")
                        .build()))
            .build());
    NagSuppressions.addResourceSuppressions(
        task,
        List.of(
            Suppressions.of(
                "AwsSolutions-ECS2",
                "The variables name resources and hold no secret; the configuration is the whole of what the agent knows")),
        true);
    NagSuppressions.addResourceSuppressions(
        start,
        List.of(
            Suppressions.wildcards(
                "A token for Amazon ECR is of the account, not of a repository: the action knows no resources",
                "/^Resource::\\*$/")),
        true);
    return task;
  }

  /// The process's own place is the federation above.
  private Map<String, String> environment() {
    Map<String, String> variables = new TreeMap<>();
    variables.put("AWS_REGION", combiner.aboveRegion());
    variables.put("RENGO_BUCKET", combiner.aboveBucket());
    variables.put("RENGO_ROLE_ARN", combiner.role());
    variables.put(
        "RENGO_ROLE_EXTERNAL_ID", new Names(combiner.above()).externalId(combiner.member()));
    variables.put(
        "RENGO_AGENT_CONFIG",
        combiner.config(
            names, storage.bucket.getBucketName(), regionStateMachineArn(), getRegion()));
    return variables;
  }

  /// Above, the member's role; here, to bring models, run rounds and read what came of them.
  private Role role() {
    Statements statements = new Statements(this, storage);
    Role role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("ecs-tasks.amazonaws.com"))
            .description("The combiner of " + names.federation() + " in " + combiner.above())
            .build();
    List.of(
            statement("BeMemberAbove", List.of("sts:AssumeRole"), combiner.role()),
            statement("RunRounds", List.of("states:StartExecution"), regionStateMachineArn()),
            statement(
                "FollowRounds",
                List.of("states:DescribeExecution"),
                arn("states", "execution", names.regionStateMachine() + ":*")),
            statements.newObjects("BringModels", Section.MODELS.pattern),
            statements.partsOfObjects("BringParts", List.of(Section.MODELS.pattern)),
            statement(
                "ReadMeans",
                List.of("s3:GetObject"),
                storage.bucket.arnForObjects(Section.REGION.pattern)),
            statements.useKey("s3"))
        .forEach(role::addToPolicy);
    NagSuppressions.addResourceSuppressions(
        role,
        List.of(
            Suppressions.wildcards(
                "The executions of the one state machine of regions, which are named when they start",
                "/^Resource::.*:execution:rengo-[a-z0-9-]+-region:\\*$/"),
            Suppressions.wildcards(
                "Keys hold the ids of jobs and rounds, which are made long after the role; the section in them is fixed",
                "/^Resource::.*\\/jobs\\/\\*\\//")),
        true);
    return role;
  }

  private LogGroup logs(String id, String name) {
    return LogGroup.Builder.create(this, id)
        .logGroupName(name)
        .retention(RetentionDays.THREE_MONTHS)
        .encryptionKey(storage.key)
        .removalPolicy(RemovalPolicy.DESTROY)
        .build();
  }

  private static PolicyStatement statement(String sid, List<String> actions, String resource) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .actions(actions)
        .resources(List.of(resource))
        .build();
  }
}
