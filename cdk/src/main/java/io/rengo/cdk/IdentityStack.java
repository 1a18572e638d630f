package io.rengo.cdk;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/// A queue and a role for each member: all that an organisation has of the federation.
final class IdentityStack extends Part {
  /// An agent keeps the task that it works on invisible by itself; this is how soon a task returns
  /// whose agent has died.
  private static final Duration VISIBILITY = Duration.minutes(5);

  IdentityStack(Construct scope, Settings settings, StorageStack storage) {
    super(scope, settings, "identity", "a queue and a role for each member");
    settings.members().forEach(member -> add(member, storage));
    settings
        .authority()
        .map(authority -> new RolesAnywhere(this, authority))
        .ifPresent(anywhere -> {
          anywhere.admit(storage);
          settings.revoked().ifPresent(anywhere::refuse);
        });
  }

  private void add(String member, StorageStack storage) {
    DeadLetteredQueue tasks =
        new DeadLetteredQueue(
            this, "Tasks-" + member, storage.key, names.memberQueue(member), VISIBILITY);
    Role role =
        Role.Builder.create(this, "Member-" + member)
            .description(
                "The agent of " + member + " in the Rengo federation " + names.federation())
            .assumedBy(whoMayBe(member))
            .maxSessionDuration(Duration.hours(12))
            .build();
    new MemberAccess(this, member, storage).grantTo(role);
    output("Queue-" + member, "The tasks of " + member, tasks.queue.getQueueUrl());
    output("Role-" + member, "What the agent of " + member + " runs as", role.getRoleArn());
  }

  /// The principal that is given for the member (another organisation's account or role), or those
  /// of this account whose own policy lets them take the role. Either has to say the external id,
  /// so that nobody takes one member's role by mistake for another's.
  private IPrincipal whoMayBe(String member) {
    IPrincipal principal =
        settings
            .principal(member)
            .<IPrincipal>map(ArnPrincipal::new)
            .orElseGet(AccountRootPrincipal::new);
    return new PrincipalWithConditions(
        principal, Map.of("StringEquals", Map.of("sts:ExternalId", names.externalId(member))));
  }
}
