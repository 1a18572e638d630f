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
import java.util.regex.Pattern;

/// What a member needs to run its agent: configuration, policy, a compose file and Kubernetes
/// manifests. The agent needs outbound HTTPS and nothing else; no file holds a secret.
///
/// @param image the agent's image
public record Kit(
    String federation, String member, String region, String bucket, String role, String image) {
  /// The files of a kit.
  public static final List<String> FILES =
      List.of("agent.yaml", "policy.yaml", "compose.yaml", "kubernetes.yaml", "README.md");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+=,-]{0,255}");

  public Kit {
    for (String value : List.of(federation, member, region, bucket, role, image)) {
      if (!PLAIN.matcher(value).matches()) {
        throw new RengoException(
            ErrorCode.CONFIG_INVALID,
            "«" + value + "» cannot stand in a kit's files",
            "kit",
            "Give names, ARNs and images as the deployment's outputs show them");
      }
    }
  }

  /// Writes the files, and the authority's certificate beside them.
  public void write(Path folder, String authorityPem) {
    FILES.forEach(file -> SafeFiles.write(folder.resolve(file), fill(template(file))));
    SafeFiles.write(folder.resolve("ca.pem"), authorityPem);
  }

  private String fill(String template) {
    String text = template;
    for (Map.Entry<String, String> value :
        Map.of(
                "{{federation}}", federation,
                "{{member}}", member,
                "{{region}}", region,
                "{{bucket}}", bucket,
                "{{role}}", role,
                "{{image}}", image)
            .entrySet()) {
      text = text.replace(value.getKey(), value.getValue());
    }
    return text;
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
