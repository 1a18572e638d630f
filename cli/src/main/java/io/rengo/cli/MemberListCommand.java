package io.rengo.cli;

import io.rengo.identity.Register;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists certificates.
@Command(
    name = "list",
    description = "Lists the certificates of a federation.",
    footerHeading = "%nExamples:%n",
    footer = {"  rengo member list"})
final class MemberListCommand implements Callable<Integer> {
  @Mixin private FederationOptions federation = new FederationOptions();

  @Mixin private Options options = new Options();

  private final World world;

  MemberListCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    Register register = federation.open(world).register();
    Instant now = world.clock().instant();
    var out = options.text(world).out();
    for (Register.Entry entry : register.entries()) {
      out.println(
          String.format(
              Locale.ROOT,
              "%-20s %-11s %-8s until %s  %s  %s",
              entry.name(),
              entry.role().text(),
              state(entry, now),
              entry.ends(),
              entry.serial(),
              entry.organisation()));
    }
    new Answer()
        .with("federation", register.federation())
        .with("certificates", register.entries())
        .print(options, world);
    return ExitStatus.OK.number();
  }

  private static String state(Register.Entry entry, Instant now) {
    return entry.isGood(now) ? "good" : entry.revoked().isPresent() ? "revoked" : "expired";
  }
}
