package io.rengo.cli;

import io.rengo.identity.FederationFolder;
import io.rengo.identity.Keys;
import io.rengo.identity.Request;
import io.rengo.identity.SafeFiles;
import io.rengo.identity.Subject;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Asks for a certificate.
@Command(
    name = "request",
    description =
        "Makes a key, which stays here, and a request for a certificate, which goes to the operator.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  rengo member request north --organisation 'North Hospital' --passphrase-file passphrase"
    })
final class MemberRequestCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "The member's name.")
  private String name = "";

  @Option(
      names = "--organisation",
      required = true,
      paramLabel = "NAME",
      description = "Whose the member is.")
  private String organisation = "";

  @Option(names = "--role", description = "operator, member or auditor (${DEFAULT-VALUE}).")
  private Role role = Role.MEMBER;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where key and request go (${DEFAULT-VALUE}).")
  private Path out = Path.of(".");

  @Mixin private FederationOptions federation = new FederationOptions();

  @Mixin private Options options = new Options();

  private final World world;

  MemberRequestCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    Subject subject = new Subject(name, role, organisation);
    Path key = world.resolve(out).resolve("member.key");
    Path file = world.resolve(out).resolve("member.csr");
    if (Files.exists(key)) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "there is a key already",
          world.show(key),
          "Keep it, or move it away first: certificates for it are worthless without it");
    }
    char[] passphrase = federation.passphrase(world);
    FederationFolder.checkPassphrase(passphrase);
    SecureRandom random = new SecureRandom();
    KeyPair keys = Keys.make(random);
    SafeFiles.write(key, Keys.encrypt(keys.getPrivate(), passphrase, random));
    SafeFiles.write(file, Request.make(subject, keys).pem());
    options
        .text(world)
        .out()
        .println(
            "send %s to the operator; %s stays here".formatted(world.show(file), world.show(key)));
    new Answer()
        .with("request", world.show(file))
        .with("key", world.show(key))
        .print(options, world);
    return ExitStatus.OK.number();
  }
}
