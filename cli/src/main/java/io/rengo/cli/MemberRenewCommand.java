package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import io.rengo.identity.Register;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.Identity;
import io.rengo.protocol.trust.Role;
import io.rengo.protocol.trust.SigningKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Renews certificates.
@Command(
    name = "renew",
    description =
        "Issues another certificate for the same member and key. Where RENGO_FEDERATION and"
            + " RENGO_BUCKET name the deployment, the member's agent takes it by itself.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  rengo member renew north --passphrase-file secret.txt",
      "  RENGO_FEDERATION=demo RENGO_BUCKET=BUCKET rengo member renew --due"
    })
final class MemberRenewCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The member's name.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--due",
      description =
          "All members whose certificate is about two thirds through its life: a command for every day.")
  private boolean due;

  @Mixin private LifeOption life = new LifeOption();

  @Mixin private FederationOptions federation = new FederationOptions();

  @Mixin private Options options = new Options();

  private final World world;

  MemberRenewCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    if (due == name.isPresent()) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "it is not said whose certificate to renew",
          "member renew",
          "Give either a member's name or --due");
    }
    FederationFolder folder = federation.open(world);
    List<String> names = name.map(List::of).orElseGet(() -> due(folder));
    List<Identity> renewed = new ArrayList<>();
    if (!names.isEmpty()) {
      SigningKey key = federation.key(folder, world);
      Duration lasting = life.duration();
      names.forEach(member -> renewed.add(Identity.of(folder.renew(member, lasting, key))));
    }
    Optional<Publication> publication = Publication.where(world, folder);
    publication.ifPresent(to -> names.forEach(to::certificate));
    tell(folder, renewed, publication.isPresent());
    return ExitStatus.OK.number();
  }

  private List<String> due(FederationFolder folder) {
    Register register = folder.register();
    return register.entries().stream()
        .filter(entry -> entry.role() == Role.MEMBER)
        .map(Register.Entry::name)
        .distinct()
        .filter(member ->
            register
                .good(member, world.clock().instant())
                .map(entry -> entry.isDue(world.clock().instant()))
                .orElse(false))
        .toList();
  }

  private void tell(FederationFolder folder, List<Identity> renewed, boolean published) {
    var out = options.text(world).out();
    if (renewed.isEmpty()) {
      out.println("no certificate is due");
    }
    for (Identity identity : renewed) {
      out.println(
          "renewed %s, role %s, until %s: %s"
              .formatted(
                  identity.name(),
                  identity.role().text(),
                  identity.ends(),
                  published
                      ? "its agent takes it by itself"
                      : "send %s back as member.pem"
                          .formatted(world.show(folder.certificateFile(identity.name())))));
    }
    new Answer().with("renewed", renewed).with("published", published).print(options, world);
  }
}
