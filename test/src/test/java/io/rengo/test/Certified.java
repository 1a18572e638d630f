package io.rengo.test;

import io.rengo.aws.LocalStack;
import io.rengo.identity.FederationFolder;
import io.rengo.identity.Keys;
import io.rengo.identity.Request;
import io.rengo.identity.Subject;
import io.rengo.protocol.PortsProvider;
import io.rengo.protocol.trust.Role;
import io.rengo.protocol.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/// A federation with an authority, whose key lies in LocalStack's KMS, and members that it
/// certified. Its operator uses the command line, each command a process of its own.
///
/// @param folder the authority lies in `federation`, what a member keeps in `trust-MEMBER`
record Certified(Path folder) {
  private static final String PASSPHRASE = "several words that nobody guesses";

  static Certified of(String federation, Path folder) throws IOException {
    Certified certified = new Certified(folder);
    SecureRandom random = new SecureRandom();
    FederationFolder operator =
        new FederationFolder(folder.resolve("federation"), InstantSource.system(), random);
    String alias = "alias/authority-" + UUID.randomUUID();
    SigningKey key = key(alias);
    operator.init(federation, alias, key);
    for (String member : Federated.MEMBERS) {
      Path own = Files.createDirectories(certified.own(member));
      KeyPair keys = Keys.make(random);
      Request request = Request.make(new Subject(member, Role.MEMBER, member), keys);
      X509Certificate certificate = operator.approve(request, Duration.ofDays(1), key);
      Files.writeString(own.resolve("member.pem"), FederationFolder.pem(certificate));
      Files.writeString(
          own.resolve("member.key"),
          Keys.encrypt(keys.getPrivate(), PASSPHRASE.toCharArray(), random));
      Files.copy(certified.authority(), own.resolve("ca.pem"));
      Files.writeString(own.resolve("passphrase"), PASSPHRASE + "\n");
    }
    return certified;
  }

  /// A key that its operator made.
  private static SigningKey key(String alias) {
    KmsClient kms = LocalStack.clients().kms();
    String id =
        kms.createKey(r -> r.keySpec(KeySpec.ECC_NIST_P256).keyUsage(KeyUsageType.SIGN_VERIFY))
            .keyMetadata()
            .keyId();
    kms.createAlias(r -> r.aliasName(alias).targetKeyId(id));
    return PortsProvider.find().operator(LocalStack.environment()).keys().apply(alias);
  }

  Path authority() {
    return folder.resolve("federation/ca.pem");
  }

  /// Tells a deployment whom to believe.
  void publish(Map<String, String> environment) throws Exception {
    rengo(environment, "federation", "publish");
  }

  /// The section `trust` of a member's configuration, as JSON.
  String trust(String member) {
    Path own = own(member);
    return """
    {"authority": "%s/ca.pem", "certificate": "%s/member.pem", "key": "%s/member.key", \
    "passphrase-file": "%s/passphrase"}\
    """
        .formatted(own, own, own, own);
  }

  private Path own(String member) {
    return folder.resolve("trust-" + member);
  }

  /// What a command says; fails where it fails.
  String rengo(Map<String, String> environment, String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Drengo.home=" + Federated.root(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.rengo.cli.Main"));
    command.addAll(List.of(words));
    Path said = Files.createTempFile(folder, "rengo", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    int exit = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor();
    if (exit != 0) {
      throw new IOException(String.join(" ", words) + ": " + Files.readString(said));
    }
    return Files.readString(said);
  }
}
