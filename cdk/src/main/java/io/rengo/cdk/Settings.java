package io.rengo.cdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.RemovalPolicy;
import software.constructs.Node;

/// What can be chosen when a federation is deployed, each by `-c name=value`.
///
/// | context | default | |
/// | --- | --- | --- |
/// | `federation` | `demo` | the name |
/// | `members` | `member-1,member-2,member-3` | who takes part |
/// | `member-principal:NAME` | this account | the ARN that may take the member's role |
/// | `lambda-jar` | `lambdas/target/rengo-lambdas.jar` | the functions' code |
/// | `lambda-runtime` | `java25` | for emulators that know none so new |
/// | `snap-start` | `true` | publish versions with SnapStart and call them by alias |
/// | `ephemeral` | `false` | let `cdk destroy` remove the data too |
/// | `sealed` | `true` | take updates alone that are sealed for the aggregating functions |
/// | `authority` | none | the certificate of the federation's authority (PEM): then tasks and updates are signed, and
///   members may take their roles by certificate |
/// | `revoked` | none | the list of revoked certificates (PEM) that IAM Roles Anywhere begins with |
/// | `ledger-object-lock` | none | days for which nobody can remove or change a page of a ledger: S3 Object Lock, compliance mode |
/// | `presigned` | `false` | let members in that have no credentials for AWS, by their certificates, see
///   [MemberService]; wants `authority` |
/// | `keep-updates` | `90` | days after which what members sent is removed, and what the next round alone needs; 30 more until it is gone for good |
/// | `alarm-email` | none | who hears of alarms |
/// | `gpu-fleet` | `false` | the trainer fleet, see [GpuFleet] |
/// | `combiner-above` | none | the federation that this one is a region of, see [Combiner] |
/// | `root` | `..` | the folder that holds `lambdas` and `statemachines` |
///
/// @param authority PEM text of the authority's certificate
/// @param ledgerLock days for which pages of ledgers are locked
/// @param revoked PEM text of the list of revoked certificates
/// @param keepUpdates days that updates are kept
/// @param code the jar of the functions
/// @param definitions the folder of the state machines' definitions
record Settings(
    Context context,
    Names names,
    List<String> members,
    Path code,
    Path definitions,
    String runtime,
    boolean snapStart,
    boolean ephemeral,
    boolean sealed,
    Optional<String> authority,
    Optional<String> revoked,
    Optional<Integer> ledgerLock,
    boolean presigned,
    int keepUpdates) {
  /// A hundred years, which is what S3 takes.
  private static final int MOST_DAYS = 36_500;

  static Settings from(Node node) {
    Context context = new Context(node);
    Path root = Path.of(context.text("root", ".."));
    Settings settings =
        new Settings(
            context,
            new Names(context.text("federation", "demo")),
            Arrays.asList(context.text("members", "member-1,member-2,member-3").split(",")),
            Path.of(
                context.text(
                    "lambda-jar", root.resolve("lambdas/target/rengo-lambdas.jar").toString())),
            root.resolve("statemachines"),
            context.text("lambda-runtime", "java25"),
            context.flag("snap-start", true),
            context.flag("ephemeral", false),
            context.flag("sealed", true),
            context
                .text("authority")
                .map(file ->
                    pem(
                        "authority",
                        file,
                        "CERTIFICATE",
                        "the ca.pem that `rengo federation init`")),
            context
                .text("revoked")
                .map(file -> pem("revoked", file, "X509 CRL", "the crl.pem that `rengo`")),
            Optional.of(context.number("ledger-object-lock", 0)).filter(days -> days != 0),
            context.flag("presigned", false),
            context.number("keep-updates", 90));
    settings.check();
    return settings;
  }

  private static String pem(String context, String file, String label, String which) {
    try {
      String text = Files.readString(Path.of(file)).strip();
      if (text.startsWith("-----BEGIN " + label + "-----")) {
        return text;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalArgumentException(
        "«%s» holds no %s (at context %s). Name %s wrote.".formatted(file, label, context, which));
  }

  /// What becomes of data when its stack is removed.
  RemovalPolicy removal() {
    return ephemeral ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
  }

  /// Who may take the role of a member; empty for everybody in this account who may assume roles
  /// and says the member's external id.
  Optional<String> principal(String member) {
    return context.text("member-principal:" + member);
  }

  private void check() {
    for (String member : members) {
      if (!Names.isMemberName(member)) {
        throw new IllegalArgumentException(
            "member «%s» is not a name (at context members). Use 1 to 40 lower-case letters, digits and hyphens, and commas between members."
                .formatted(member));
      }
    }
    // CloudFormation's names of outputs have no hyphens.
    if (members.stream().map(name -> name.replace("-", "")).distinct().count() != members.size()) {
      throw new IllegalArgumentException(
          "two members have the same name but for hyphens (at context members). Name them apart.");
    }
    if (ledgerLock.filter(days -> days < 1 || days > MOST_DAYS || ephemeral).isPresent()) {
      throw new IllegalArgumentException(
          "pages cannot be locked for %d days%s (at context ledger-object-lock). Give 1 to %d, and only where data is kept."
              .formatted(
                  ledgerLock.get(), ephemeral ? " in an ephemeral federation" : "", MOST_DAYS));
    }
    if (presigned && authority.isEmpty()) {
      throw new IllegalArgumentException(
          "members without credentials need certificates (at context presigned). Name the federation's ca.pem by -c authority=FILE.");
    }
    if (keepUpdates < 1) {
      throw new IllegalArgumentException(
          "updates cannot be kept for %d days (at context keep-updates). Give 1 or more: longer than a round takes, and than a member of a job with SCAFFOLD stays away."
              .formatted(keepUpdates));
    }
    if (!Files.isRegularFile(code)) {
      throw new IllegalArgumentException(
          "the functions' code is missing (at %s). Build it: mvn -pl lambdas -am package, or name another by -c lambda-jar=FILE."
              .formatted(code.toAbsolutePath().normalize()));
    }
  }
}
