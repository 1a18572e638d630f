package io.rengo.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.rengo.identity.Kit.Credentials;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a member gets runs with outbound HTTPS alone, and the programs that read it can.
class KitTest {
  private static final String ROLE = "arn:aws:iam::1:role/north";

  @TempDir private Path folder;

  static Stream<Credentials> credentials() {
    return Stream.of(
        new Credentials.ByRole(ROLE),
        new Credentials.ByCertificate("arn:aws:r:::trust-anchor/a", "arn:aws:r:::profile/p", ROLE));
  }

  @ParameterizedTest
  @MethodSource("credentials")
  void kit_isWholeAndHoldsNoSecret(Credentials credentials) throws IOException {
    write(credentials);

    assertThat(names()).containsAll(Kit.FILES).contains("ca.pem");
    for (String file : names()) {
      assertThat(Files.readString(folder.resolve(file)))
          .as(file)
          .doesNotContain("{{")
          .doesNotContain("PRIVATE KEY");
    }
  }

  @ParameterizedTest
  @MethodSource("credentials")
  void composeFile_startsAnAgentThatNobodyReaches(Credentials credentials) throws IOException {
    write(credentials);
    JsonNode compose = new YAMLMapper().readTree(folder.resolve("compose.yaml").toFile());
    JsonNode agent = compose.at("/services/agent");

    assertThat(compose.path("services")).hasSize(1);
    assertThat(fields(agent))
        .containsExactlyInAnyOrder(
            "image",
            "command",
            "user",
            "restart",
            "stop_grace_period",
            "read_only",
            "cap_drop",
            "security_opt",
            "tmpfs",
            "environment",
            "volumes",
            "secrets");
    assertThat(agent.path("read_only").asBoolean()).isTrue();
    assertThat(agent.path("environment").path("RENGO_BUCKET").asText()).isEqualTo("bucket");
    assertThat(variables(credentials))
        .allSatisfy((name, value) ->
            assertThat(agent.path("environment").path(name).asText()).isEqualTo(value));
    assertThat(agent.path("environment").has("AWS_ROLE_ARN")).isFalse();
    assertThat(compose.path("volumes").has("work")).isTrue();
    assertThat(compose.at("/secrets/rengo-passphrase/file").asText()).isEqualTo("./passphrase");
  }

  @ParameterizedTest
  @MethodSource("credentials")
  void manifests_areWhatKubernetesKnows(Credentials credentials) throws IOException {
    write(credentials);
    List<JsonNode> documents = documents();
    assertThat(documents)
        .extracting(document -> document.path("kind").asText())
        .containsExactly("PersistentVolumeClaim", "Deployment", "NetworkPolicy");
    PersistentVolumeClaim work = strictly(documents.get(0), PersistentVolumeClaim.class);
    Deployment deployment = strictly(documents.get(1), Deployment.class);
    NetworkPolicy network = strictly(documents.get(2), NetworkPolicy.class);

    PodSpec pod = deployment.getSpec().getTemplate().getSpec();
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getName().equals("work"))
        .singleElement()
        .satisfies(volume ->
            assertThat(volume.getPersistentVolumeClaim().getClaimName())
                .isEqualTo(work.getMetadata().getName()));
    assertThat(pod.getContainers().getFirst().getPorts()).isEmpty();
    assertThat(pod.getContainers().getFirst().getVolumeMounts())
        .allMatch(mount ->
            pod.getVolumes().stream().anyMatch(volume -> volume.getName().equals(mount.getName())));
    Map<String, String> environment = new TreeMap<>();
    pod.getContainers()
        .getFirst()
        .getEnv()
        .forEach(variable -> environment.put(variable.getName(), variable.getValue()));
    assertThat(environment).containsAllEntriesOf(variables(credentials));
    assertThat(deployment.getSpec().getSelector().getMatchLabels())
        .isEqualTo(deployment.getSpec().getTemplate().getMetadata().getLabels())
        .isEqualTo(network.getSpec().getPodSelector().getMatchLabels());
    assertThat(network.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(network.getSpec().getIngress()).isEmpty();
    assertThat(network.getSpec().getEgress())
        .flatExtracting(
            rule -> rule.getPorts().stream().map(port -> port.getPort().getIntVal()).toList())
        .containsOnly(443, 53);
  }

  @Test
  void fieldThatKubernetesDoesNotKnow_isFound() throws IOException {
    write(new Credentials.ByRole(ROLE));
    JsonNode wrong =
        new YAMLMapper()
            .readTree(
                documents().get(1).toString().replace("automountService", "automaticService"));

    assertThatThrownBy(() -> strictly(wrong, Deployment.class))
        .hasMessageContaining("automaticServiceAccountToken");
  }

  @Test
  void certificate_isTheHelpersCredential() throws IOException {
    write(credentials().toList().getLast());

    assertThat(Files.readString(folder.resolve("aws-config")))
        .contains(
            "credential_process = /usr/local/bin/aws_signing_helper credential-process"
                + " --certificate /var/lib/rengo/member.pem",
            "--trust-anchor-arn arn:aws:r:::trust-anchor/a --profile-arn arn:aws:r:::profile/p"
                + " --role-arn "
                + ROLE);
    assertThat(folder.resolve("Dockerfile")).content().contains("FROM rengo/agent:1");
  }

  @Test
  void valuesThatCouldChangeAFilesMeaning_areRefused() {
    for (String value : List.of("a\nb", "a b", "a\"b", "", "{{x}}")) {
      assertThatThrownBy(() -> new Kit("demo", value, "r", "b", new Credentials.ByRole(ROLE), "i"))
          .isInstanceOf(RengoException.class);
      assertThatThrownBy(() ->
              new Kit(
                  "demo", "north", "r", "b", new Credentials.ByCertificate(value, "p", "r"), "i"))
          .isInstanceOf(RengoException.class);
    }
  }

  private void write(Credentials credentials) {
    new Kit("demo", "north", "eu-central-1", "bucket", credentials, "rengo/agent:1")
        .write(folder, "-----BEGIN CERTIFICATE-----\n");
  }

  private static Map<String, String> variables(Credentials credentials) {
    return switch (credentials) {
      case Credentials.ByRole(String role) ->
          Map.of("RENGO_ROLE_ARN", role, "RENGO_ROLE_EXTERNAL_ID", "rengo-demo-north");
      case Credentials.ByCertificate certificate ->
          Map.of("AWS_CONFIG_FILE", "/etc/rengo/aws-config");
    };
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Set<String> fields(JsonNode node) {
    return Set.copyOf(node.properties().stream().map(Map.Entry::getKey).toList());
  }

  private List<JsonNode> documents() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    try (var parser = new YAMLFactory().createParser(folder.resolve("kubernetes.yaml").toFile())) {
      return yaml.readValues(parser, JsonNode.class).readAll();
    }
  }

  /// As Kubernetes' own types, whose place for unknown fields is closed.
  private static <T> T strictly(JsonNode document, Class<T> type) throws IOException {
    ObjectMapper mapper =
        new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(
                new JacksonAnnotationIntrospector() {
                  @Override
                  public Boolean hasAnySetter(Annotated annotated) {
                    return annotated instanceof AnnotatedMember
                        ? Boolean.FALSE
                        : super.hasAnySetter(annotated);
                  }
                });
    return mapper.treeToValue(document, type);
  }
}
