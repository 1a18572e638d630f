package io.rengo.cdk;

import java.util.Optional;
import java.util.regex.Pattern;

/// The combiner that makes this federation a region of another, as the context asks for it by
/// `combiner-above=NAME`.
///
/// | context | default | |
/// | --- | --- | --- |
/// | `combiner-above` | none | the name of the federation above |
/// | `combiner-member` | this federation's name | which of its members this federation is |
/// | `combiner-above-region` | none, needed | the AWS region of the federation above |
/// | `combiner-above-bucket` | none, needed | its bucket |
/// | `combiner-role` | none, needed | the ARN of the member's role there |
/// | `combiner-image` | none, needed | the agent's image |
/// | `combiner-memory` | `1024` | MiB of the agent |
/// | `combiner-count` | `1` | 0 stops it |
record Combiner(
    String above,
    String member,
    String aboveRegion,
    String aboveBucket,
    String role,
    String image,
    int memory,
    int count) {
  private static final Pattern ROLE = Pattern.compile("arn:[a-z-]+:iam::\\d{12}:role/[^*]+");

  /// The combiner that is asked for, or empty where none is.
  static Optional<Combiner> of(Settings settings) {
    Context context = settings.context();
    return context.text("combiner-above").map(above -> of(settings, context, above));
  }

  private static Combiner of(Settings settings, Context context, String above) {
    String mend = "See the outputs of the federation above";
    String role = context.required("combiner-role", mend);
    if (!ROLE.matcher(role).matches()) {
      throw new IllegalArgumentException(
          "«%s» is not the ARN of a role (at context combiner-role). %s.".formatted(role, mend));
    }
    return new Combiner(
        new Names(above).federation(),
        context.text("combiner-member", settings.names().federation()),
        context.required("combiner-above-region", mend),
        context.required("combiner-above-bucket", mend),
        role,
        context.required("combiner-image", "Push the agent's image and give -c combiner-image=URI"),
        context.number("combiner-memory", 1024),
        context.number("combiner-count", 1));
  }

  /// The agent's configuration.
  ///
  /// @param region what it knows of this federation
  String config(Names region, String bucket, String stateMachine, String awsRegion) {
    return """
    federation: %s
    member: %s
    work: /var/lib/rengo
    region:
      federation: %s
      environment:
        RENGO_BUCKET: "%s"
        RENGO_JOB_STATE_MACHINE: "%s"
        AWS_REGION: "%s"
        RENGO_ROLE_ARN: ""
    """
        .formatted(above, member, region.federation(), bucket, stateMachine, awsRegion);
  }
}
