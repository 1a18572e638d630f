package io.rengo.cdk;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.services.iam.PolicyStatement;

/// An image in Amazon ECR.
record EcrImage(String registry, String account, String region, String repository) {
  private static final Pattern URI =
      Pattern.compile(
          "((\\d{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com)/([a-z0-9._/-]+)(?:[:@].+)?");

  /// Where an image lies in Amazon ECR, or empty where it lies elsewhere.
  static Optional<EcrImage> of(String uri) {
    Matcher matcher = URI.matcher(uri);
    return matcher.matches()
        ? Optional.of(
            new EcrImage(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)))
        : Optional.empty();
  }

  /// What is needed to pull it.
  List<PolicyStatement> pull(Part stack) {
    return List.of(
        statement("EnterRegistry", List.of("ecr:GetAuthorizationToken"), "*"),
        statement(
            "PullImage",
            List.of(
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer"),
            stack.formatArn(
                ArnComponents.builder()
                    .service("ecr")
                    .account(account)
                    .region(region)
                    .resource("repository")
                    .resourceName(repository)
                    .build())));
  }

  private static PolicyStatement statement(String sid, List<String> actions, String resource) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .actions(actions)
        .resources(List.of(resource))
        .build();
  }
}
