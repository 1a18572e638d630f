package io.rengo.cdk;

import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.autoscaling.AutoScalingGroup;
import software.amazon.awscdk.services.ec2.BlockDevice;
import software.amazon.awscdk.services.ec2.BlockDeviceVolume;
import software.amazon.awscdk.services.ec2.EbsDeviceOptions;
import software.amazon.awscdk.services.ec2.EbsDeviceVolumeType;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.LaunchTemplate;
import software.amazon.awscdk.services.ec2.LaunchTemplateHttpTokens;
import software.amazon.awscdk.services.ec2.MachineImage;
import software.amazon.awscdk.services.ec2.OperatingSystemType;
import software.amazon.awscdk.services.ec2.SsmParameterImageOptions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/// GPU hosts that run one member's agent: none while there is no task, and none again when the last
/// task is done. They are reached by nobody and reach AWS alone.
final class TrainerFleetStack extends Part {
  private final GpuFleet fleet;
  private final StorageStack storage;

  TrainerFleetStack(Construct scope, Settings settings, GpuFleet fleet, StorageStack storage) {
    super(scope, settings, "trainers", "GPU hosts for the agent of " + fleet.member());
    this.fleet = fleet;
    this.storage = storage;
    FleetNetwork network = FleetNetwork.of(this, fleet, storage.key);
    AutoScalingGroup group = group(network, launchTemplate(network, role()));
    QueueScaling.add(this, group, names.memberQueue(fleet.member()), fleet.max());
    output(
        "Fleet",
        "Scales from zero on " + names.memberQueue(fleet.member()),
        group.getAutoScalingGroupName());
  }

  private AutoScalingGroup group(FleetNetwork network, LaunchTemplate template) {
    AutoScalingGroup group =
        AutoScalingGroup.Builder.create(this, "Group")
            .vpc(network.vpc())
            .vpcSubnets(network.subnets())
            .launchTemplate(template)
            .minCapacity(0)
            .maxCapacity(fleet.max())
            .build();
    NagSuppressions.addResourceSuppressions(
        group,
        List.of(
            Suppressions.of(
                "AwsSolutions-AS3",
                "Hosts start and end with the rounds by design; what needs a person is a task that waits or dies, and the queue's alarms tell of it")));
    return group;
  }

  private LaunchTemplate launchTemplate(FleetNetwork network, Role role) {
    return LaunchTemplate.Builder.create(this, "Template")
        .instanceType(new InstanceType(fleet.instance()))
        .machineImage(
            MachineImage.fromSsmParameter(
                fleet.ami(),
                SsmParameterImageOptions.builder().os(OperatingSystemType.LINUX).build()))
        .role(role)
        .securityGroup(network.hosts())
        .requireImdsv2(true)
        .httpTokens(LaunchTemplateHttpTokens.REQUIRED)
        .httpPutResponseHopLimit(1)
        .associatePublicIpAddress(false)
        .detailedMonitoring(true)
        .blockDevices(List.of(disk()))
        .userData(new AgentHost(this, fleet, storage.bucket.getBucketName()).userData())
        .build();
  }

  private BlockDevice disk() {
    return BlockDevice.builder()
        .deviceName("/dev/xvda")
        .volume(
            BlockDeviceVolume.ebs(
                fleet.disk(),
                EbsDeviceOptions.builder()
                    .volumeType(EbsDeviceVolumeType.GP3)
                    .encrypted(true)
                    .deleteOnTermination(true)
                    .build()))
        .build();
  }

  private Role role() {
    Role role =
        Role.Builder.create(this, "HostRole")
            .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
            .description("The agent of " + fleet.member() + " on its GPU hosts")
            .build();
    new MemberAccess(this, fleet.member(), storage).grantTo(role);
    LogGroup logs =
        LogGroup.Builder.create(this, "AgentLogs")
            .logGroupName(names.agentLogs())
            .retention(RetentionDays.THREE_MONTHS)
            .encryptionKey(storage.key)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    AgentHost.grant(this, fleet, logs).forEach(role::addToPolicy);
    NagSuppressions.addResourceSuppressions(
        role,
        List.of(
            Suppressions.wildcards(
                "A token for Amazon ECR is of the account, not of a repository: the action knows no resources",
                "/^Resource::\\*$/"),
            Suppressions.wildcards(
                "The member's own data: whatever lies under the prefix that the member names",
                "/^Resource::arn:<AWS::Partition>:s3:::[^*]*\\*$/")),
        true);
    return role;
  }
}
