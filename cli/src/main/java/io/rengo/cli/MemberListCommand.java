package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import io.rengo.identity.Register;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists certificates.
@Command(
    name = "list",
    description =
        "Lists the certificates of a federation, and warns of what ends soon: certificates that are due"
            + " for renewal, the list of revoked ones.",
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
    FederationFolder folder = federation.open(world);
    Register register = folder.register();
    Instant now = world.clock().instant();
    Screen screen = options.text(world);
    var out = screen.out();
    for (Register.Entry entry : register.entries()) {
      out.println(
          String.format(
              Locale.ROOT,
              "%-20s %-11s %-8s until %s  %s  %s",
              entry.name(),
              entry.role().text(),
              state(register, entry, now),
              entry.ends(),
              entry.serial(),
              entry.organisation()));
    }
    ListEnd list = new ListEnd(folder.listEnds());
    list.warning(now).ifPresent(warning -> screen.err().println(warning));
    new Answer()
        .with("federation", register.federation())
        .with("certificates", register.entries())
        .with("listEnds", list.ends())
        .print(options, world);
    return ExitStatus.OK.number();
  }

  /// A certificate that a newer one follows is not due any more.
  private static String state(Register register, Register.Entry entry, Instant now) {
    if (!entry.isGood(now)) {
      return entry.revoked().isPresent() ? "revoked" : "expired";
    }
    boolean newest = register.good(entry.name(), now).filter(entry::equals).isPresent();
    return newest && entry.isDue(now) ? "due" : "good";
  }
}
