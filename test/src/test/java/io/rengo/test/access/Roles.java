package io.rengo.test.access;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/// Everybody in an account: members, functions, state machines, and users.
final class Roles {
  private static final String OPEN =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Action": ["sts:AssumeRole", "sts:TagSession"], "Principal": {"AWS": "arn:aws:iam::000000000000:root"}}]}\
      """;

  private final Account account;
  private final Map<String, Caller> callers = new ConcurrentHashMap<>();

  Roles(Account account) {
    this.account = account;
  }

  /// The member's agent, by the external id that the role asks for.
  Caller member(String name) {
    return callers.computeIfAbsent(
        name, member -> assume(arn(member), externalId(member), Map.of()));
  }

  static String externalId(String member) {
    return "rengo-" + Account.FEDERATION + "-" + member;
  }

  /// A function, or a state machine (`job`, `round`, `region`). Services alone may take these
  /// roles, so the role is opened to the account while its session begins; what it may do stays as
  /// deployed.
  Caller service(String name) {
    return callers.computeIfAbsent(name, this::open);
  }

  /// The member's agent, by a session of IAM Roles Anywhere: the one role of all members, with the
  /// subject of the member's certificate as tags. The emulator does not know that service; the
  /// session begins as its services' do.
  Caller byCertificate(String member) {
    return callers.computeIfAbsent(
        "certificate of " + member,
        certificate ->
            open("ByCertificate", Map.of("x509Subject/CN", member, "x509Subject/OU", "member")));
  }

  private Caller open(String service) {
    return open(service, Map.of());
  }

  private Caller open(String service, Map<String, String> tags) {
    String role = arn(service).replaceFirst(".*/", "");
    String closed =
        URLDecoder.decode(
            account.owner().iam().getRole(r -> r.roleName(role)).role().assumeRolePolicyDocument(),
            StandardCharsets.UTF_8);
    trust(role, OPEN);
    try {
      return assume(arn(service), "", tags);
    } finally {
      trust(role, closed);
    }
  }

  private void trust(String role, String document) {
    account.owner().iam().updateAssumeRolePolicy(r -> r.roleName(role).policyDocument(document));
  }

  /// Somebody in the account with a policy of their own.
  Caller user(String name, String action) {
    return callers.computeIfAbsent(name, user -> create(user, action));
  }

  private Caller create(String user, String action) {
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"*\"}]}"
            .formatted(action);
    account.owner().iam().createUser(r -> r.userName(user));
    account
        .owner()
        .iam()
        .putUserPolicy(r -> r.userName(user).policyName("own").policyDocument(policy));
    AccessKey key = account.owner().iam().createAccessKey(r -> r.userName(user)).accessKey();
    return account.owner().as(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  private Caller assume(String role, String externalId, Map<String, String> tags) {
    AssumeRoleRequest.Builder request =
        AssumeRoleRequest.builder()
            .roleArn(role)
            .roleSessionName("test")
            .tags(
                tags.entrySet().stream()
                    .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                    .toList());
    if (!externalId.isEmpty()) {
      request.externalId(externalId);
    }
    Credentials taken = account.owner().sts().assumeRole(request.build()).credentials();
    return account
        .owner()
        .as(
            AwsSessionCredentials.create(
                taken.accessKeyId(), taken.secretAccessKey(), taken.sessionToken()));
  }

  /// The ARN of the role of a member, a function or a state machine.
  String arn(String name) {
    String prefix =
        switch (name) {
          case "job" -> "rengo-demo-workflow-JobRole";
          case "round" -> "rengo-demo-workflow-RoundRole";
          case "buffer" -> "rengo-demo-workflow-BufferRole";
          case "region" -> "rengo-demo-workflow-RegionRole";
          case "ByCertificate" -> "rengo-demo-identity-ByCertificate";
          case "north", "south" -> "rengo-demo-identity-Member" + name;
          default -> "rengo-demo-" + name + "-";
        };
    return account.owner().iam().listRolesPaginator().roles().stream()
        .filter(role -> role.roleName().startsWith(prefix))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no role begins with " + prefix))
        .arn();
  }
}
