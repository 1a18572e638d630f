package io.rengo.aws;

import io.rengo.protocol.OperatorPorts;
import io.rengo.protocol.Ports;
import io.rengo.protocol.PortsProvider;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.core.warmup.SdkWarmUp;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The ports of a federation that is deployed on AWS. The environment names it:
///
/// - `RENGO_FEDERATION`: the federation's name, for every process;
/// - `RENGO_BUCKET`: the bucket's name, for every process;
/// - `RENGO_TABLE`: the table's name, for processes that touch records (a member's does not);
/// - `RENGO_JOB_STATE_MACHINE`: the ARN of the state machine of jobs, for processes that start,
///   stop or list jobs;
/// - `RENGO_LEDGER_LOCK_DAYS`: for how long pages of ledgers are locked, for functions that write
///   them;
/// - `RENGO_ROLE_ARN` and `RENGO_ROLE_EXTERNAL_ID`: a role to take, for processes that are not
///   started as it;
/// - the SDK's own variables, such as `AWS_REGION`, `AWS_PROFILE` and `AWS_ENDPOINT_URL`.
///
/// The first two are checked when the ports are opened, the others when they are first needed.
/// Nothing is connected before the first call of a port, so that a snapshot of the process holds no
/// connection.
public final class AwsPorts implements PortsProvider {
  @Override
  public Ports open(Map<String, String> environment) {
    AwsEnvironment aws = new AwsEnvironment(environment);
    AwsClients clients = new AwsClients(aws);
    InstantSource clock = InstantSource.system();
    String updatesKey = aws.federation().updatesKey();
    String bucket = aws.bucket();
    S3ObjectStore objects =
        new S3ObjectStore(
            clients::s3,
            () -> bucket,
            new LedgerLock(aws.ledgerLockDays(), clock),
            clients::presigner);
    return new Ports(
        objects,
        new SqsTaskQueue(clients::sqs),
        new DynamoRecordStore(clients::dynamoDb, aws::table, clock),
        new SfnWorkflow(clients::sfn, aws::jobStateMachine),
        new KmsKeys(clients::kms, updatesKey),
        new KmsSigner(clients::kms, aws.federation().signingKey(), objects, clock),
        clock);
  }

  @Override
  public OperatorPorts operator(Map<String, String> environment) {
    AwsClients clients = new AwsClients(environment);
    return new OperatorPorts(
        id -> new KmsKey(clients::kms, id), RolesAnywhereLists.through(clients));
  }

  /// Lets the clients of the services that every function calls send a request to nobody.
  @Override
  public void warmUp() {
    SdkWarmUp.warmUp(S3Client.class, DynamoDbClient.class, SqsClient.class);
  }
}
