package io.rengo.cdk;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.Subnet;
import software.amazon.awscdk.services.ec2.SubnetAttributes;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;

/// Where the trainers live: a VPC that is given, or one of their own with no way to the internet.
///
/// @param subnets the private ones
/// @param hosts the trainers' security group: nothing in, TLS out
record FleetNetwork(IVpc vpc, SubnetSelection subnets, SecurityGroup hosts) {
  private static final int ZONES = 2;
  private static final Port TLS = Port.tcp(443);

  /// What an agent calls besides S3, whose endpoint is a gateway and free.
  private static final Map<String, InterfaceVpcEndpointAwsService> SERVICES =
      new TreeMap<>(
          Map.of(
              "Sqs", InterfaceVpcEndpointAwsService.SQS,
              "EcrApi", InterfaceVpcEndpointAwsService.ECR,
              "EcrDocker", InterfaceVpcEndpointAwsService.ECR_DOCKER,
              "Logs", InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS));

  static FleetNetwork of(Part stack, GpuFleet fleet, IKey key) {
    return fleet.vpc().map(given -> given(stack, given)).orElseGet(() -> own(stack, key));
  }

  private static FleetNetwork given(Part stack, GpuFleet.GivenVpc given) {
    IVpc vpc =
        Vpc.fromVpcAttributes(
            stack,
            "Vpc",
            VpcAttributes.builder().vpcId(given.id()).availabilityZones(given.zones()).build());
    List<ISubnet> subnets =
        IntStream.range(0, given.subnets().size())
            .mapToObj(i ->
                Subnet.fromSubnetAttributes(
                    stack,
                    "Subnet" + i,
                    SubnetAttributes.builder()
                        .subnetId(given.subnets().get(i))
                        .availabilityZone(given.zones().get(i))
                        .build()))
            .toList();
    return new FleetNetwork(
        vpc, SubnetSelection.builder().subnets(subnets).build(), hosts(stack, vpc));
  }

  private static FleetNetwork own(Part stack, IKey key) {
    Vpc vpc =
        Vpc.Builder.create(stack, "Vpc")
            .maxAzs(ZONES)
            .natGateways(0)
            .restrictDefaultSecurityGroup(false)
            .subnetConfiguration(
                List.of(
                    SubnetConfiguration.builder()
                        .name("trainers")
                        .subnetType(SubnetType.PRIVATE_ISOLATED)
                        .cidrMask(20)
                        .build()))
            .gatewayEndpoints(
                Map.of(
                    "S3",
                    GatewayVpcEndpointOptions.builder()
                        .service(GatewayVpcEndpointAwsService.S3)
                        .build()))
            .flowLogs(Map.of("FlowLogs", flowLogs(stack, key)))
            .build();
    SecurityGroup hosts = hosts(stack, vpc);
    SecurityGroup endpoints =
        SecurityGroup.Builder.create(stack, "Endpoints")
            .vpc(vpc)
            .description("AWS endpoints: TLS from trainers in, nothing out")
            .allowAllOutbound(false)
            .build();
    endpoints.addIngressRule(hosts, TLS, "Trainers");
    SERVICES.forEach((id, service) ->
        vpc.addInterfaceEndpoint(
            id,
            InterfaceVpcEndpointOptions.builder()
                .service(service)
                .securityGroups(List.of(endpoints))
                .open(false)
                .build()));
    return new FleetNetwork(
        vpc, SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build(), hosts);
  }

  private static SecurityGroup hosts(Part stack, IVpc vpc) {
    SecurityGroup group =
        SecurityGroup.Builder.create(stack, "Hosts")
            .vpc(vpc)
            .description("Trainers: nothing in, TLS out")
            .allowAllOutbound(false)
            .build();
    group.addEgressRule(Peer.anyIpv4(), TLS, "AWS endpoints");
    return group;
  }

  private static FlowLogOptions flowLogs(Part stack, IKey key) {
    return FlowLogOptions.builder()
        .destination(
            FlowLogDestination.toCloudWatchLogs(
                LogGroup.Builder.create(stack, "FlowLogs")
                    .logGroupName(stack.names.flowLogs())
                    .retention(RetentionDays.THREE_MONTHS)
                    .encryptionKey(key)
                    .removalPolicy(RemovalPolicy.DESTROY)
                    .build()))
        .build();
  }
}
