package io.rengo.identity;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a member needs to run its agent: configuration, policy, a compose file and Kubernetes
/// manifests. The agent needs outbound HTTPS and nothing else; no file holds a secret.
///
/// @param image the agent's image
public record Kit(
    String federation,
    String member,
    String region,
    String bucket,
    Credentials credentials,
    String image) {
  /// The files of every kit.
  public static final List<String> FILES =
      List.of("agent.yaml", "policy.yaml", "compose.yaml", "kubernetes.yaml", "README.md");

  /// How the agent comes by AWS credentials.
  public sealed interface Credentials {
    /// It finds some of its own by the SDK's default chain, and takes the member's role with them.
    record ByRole(String role) implements Credentials {}

    /// IAM Roles Anywhere gives it some for its certificate.
    ///
    /// @param anchor the trust anchor's ARN
    /// @param profile the profile's ARN
    /// @param role the ARN of the role that the profile leads to
    record ByCertificate(String anchor, String profile, String role) implements Credentials {}
  }

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+=,-]{0,255}");

  public Kit {
    Stream.concat(
            Stream.of(federation, member, region, bucket, image),
            arns(credentials).values().stream())
        .forEach(Kit::check);
  }

  /// Writes the files, and the authority's certificate beside them.
  public void write(Path folder, String authorityPem) {
    files().forEach(file -> SafeFiles.write(folder.resolve(file), fill(template(file))));
    SafeFiles.write(folder.resolve("ca.pem"), authorityPem);
  }

  private List<String> files() {
    return switch (credentials) {
      case Credentials.ByRole role -> FILES;
      case Credentials.ByCertificate certificate ->
          Stream.concat(FILES.stream(), Stream.of("aws-config", "Dockerfile")).toList();
    };
  }

  private static Map<String, String> arns(Credentials credentials) {
    return switch (credentials) {
      case Credentials.ByRole(String role) -> Map.of("role", role);
      case Credentials.ByCertificate(String anchor, String profile, String role) ->
          Map.of("anchor", anchor, "profile", profile, "role", role);
    };
  }

  private static void check(String value) {
    if (!PLAIN.matcher(value).matches()) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "«" + value + "» cannot stand in a kit's files",
          "kit",
          "Give names, ARNs and images as the deployment's outputs show them");
    }
  }

  private String fill(String template) {
    Map<String, String> values = new TreeMap<>(arns(credentials));
    values.putAll(
        Map.of(
            "federation", federation,
            "member", member,
            "region", region,
            "bucket", bucket,
            "image", image));
    Map<String, String> variables = variables();
    values.put("compose-credentials", lines(variables, "      %s: \"%s\""));
    values.put(
        "kubernetes-credentials", lines(variables, "            - {name: %s, value: \"%s\"}"));
    values.put("readme-credentials", readme());
    String text = template;
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("{{" + value.getKey() + "}}", value.getValue());
    }
    return text;
  }

  private Map<String, String> variables() {
    return switch (credentials) {
      case Credentials.ByRole(String role) ->
          new TreeMap<>(
              Map.of(
                  "RENGO_ROLE_ARN",
                  role,
                  "RENGO_ROLE_EXTERNAL_ID",
                  "rengo-" + federation + "-" + member));
      case Credentials.ByCertificate certificate ->
          Map.of("AWS_CONFIG_FILE", "/etc/rengo/aws-config");
    };
  }

  private static String lines(Map<String, String> variables, String form) {
    return String.join(
        "\n",
        variables.entrySet().stream()
            .map(variable -> form.formatted(variable.getKey(), variable.getValue()))
            .toList());
  }

  private String readme() {
    return switch (credentials) {
      case Credentials.ByRole(String role) ->
          """
          - AWS credentials come from the SDK's default chain (variables, a profile, the host's own role); with them the agent takes the role
            %s by its external id.\
          """
              .formatted(role);
      case Credentials.ByCertificate certificate ->
          """
          - AWS credentials come by the certificate, through AWS's own helper: build this folder's `Dockerfile` with `aws_signing_helper` beside it,
            and name the result as the image. The helper wants a key that it can open by itself: `openssl pkcs8 -in member.key -out member-aws.key`,
            readable by the agent alone; a TPM or a PKCS#11 token is better, see the helper's options in `aws-config`.\
          """;
    };
  }

  private static String template(String file) {
    try (InputStream in = Kit.class.getResourceAsStream("kit/" + file)) {
      if (in == null) {
        throw new IllegalStateException("no template " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
