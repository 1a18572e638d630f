package io.rengo.cdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The trainer fleet of one member, as the context asks for it by `gpu-fleet=true`.
///
/// | context | default | |
/// | --- | --- | --- |
/// | `gpu-image` | none, needed | the agent's image; in a VPC without a way out, one in Amazon ECR |
/// | `gpu-config` | none, needed | the agent's configuration, a file of at most 8 KiB |
/// | `gpu-data` | none | `s3://BUCKET/PREFIX`: the member's data, copied to `/data` of each host |
/// | `gpu-member` | the first member | whose tasks the fleet works on |
/// | `gpu-instance` | `g5.xlarge` | the type of the instances |
/// | `gpu-max` | `4` | how many there are at most |
/// | `gpu-disk` | `200` | GiB of each |
/// | `gpu-ami` | AWS's deep learning base image | a Systems Manager parameter that names the image |
/// | `gpu-vpc`, `gpu-zones`, `gpu-subnets` | a VPC of its own | a VPC, its zones and a private subnet in each |
///
/// @param config the text of the agent's configuration
record GpuFleet(
    String member,
    String image,
    String config,
    Optional<Data> data,
    String instance,
    int max,
    int disk,
    String ami,
    Optional<GivenVpc> vpc) {
  private static final Pattern DIGEST = Pattern.compile("@sha256:[0-9a-f]{64}$");
  private static final int LARGEST_CONFIG = 8192;
  private static final String AMI =
      "/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id";

  /// A VPC that is there already; it lets instances out to SQS, S3, ECR and CloudWatch Logs.
  record GivenVpc(String id, List<String> zones, List<String> subnets) {}

  /// The member's own data in S3. A prefix that is not empty ends with a slash.
  record Data(String bucket, String prefix) {
    private static final Pattern URI = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{2,62})(?:/(.*))?");

    static Data parse(String uri) {
      Matcher parts = URI.matcher(uri);
      if (!parts.matches() || uri.contains("*") || uri.contains(" ")) {
        throw new IllegalArgumentException(
            "«%s» is no place in S3 (at context gpu-data). Give s3://BUCKET/PREFIX."
                .formatted(uri));
      }
      String prefix = parts.group(2) == null ? "" : parts.group(2);
      return new Data(
          parts.group(1), prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
    }

    String uri() {
      return "s3://" + bucket + "/" + prefix;
    }
  }

  /// The fleet that is asked for, or empty where none is.
  static Optional<GpuFleet> of(Settings settings) {
    Context context = settings.context();
    if (!context.flag("gpu-fleet", false)) {
      return Optional.empty();
    }
    String member = context.text("gpu-member", settings.members().getFirst());
    if (!settings.members().contains(member)) {
      throw new IllegalArgumentException(
          "«%s» is not a member (at context gpu-member). The members are %s."
              .formatted(member, settings.members()));
    }
    return Optional.of(
        new GpuFleet(
            member,
            image(settings),
            config(
                Path.of(
                    context.required(
                        "gpu-config",
                        "Write the agent's configuration and give -c gpu-config=FILE"))),
            context.text("gpu-data").map(Data::parse),
            context.text("gpu-instance", "g5.xlarge"),
            context.number("gpu-max", 4),
            context.number("gpu-disk", 200),
            context.text("gpu-ami", AMI),
            context.text("gpu-vpc").map(id -> givenVpc(id, context))));
  }

  /// A tag may name other bytes tomorrow; what holds a member's data runs what was looked at.
  private static String image(Settings settings) {
    String image =
        settings
            .context()
            .required("gpu-image", "Push gpu-trainer-image and give -c gpu-image=URI");
    if (!settings.ephemeral() && !DIGEST.matcher(image).find()) {
      throw new IllegalArgumentException(
          "«%s» names no digest (at context gpu-image). Give REPOSITORY@sha256:DIGEST, as the push printed it; a tag will do with -c ephemeral=true."
              .formatted(image));
    }
    return image;
  }

  private static GivenVpc givenVpc(String id, Context context) {
    GivenVpc vpc = new GivenVpc(id, list(context, "gpu-zones"), list(context, "gpu-subnets"));
    if (vpc.zones.size() != vpc.subnets.size()) {
      throw new IllegalArgumentException(
          "there are %d zones and %d subnets (at context gpu-zones, gpu-subnets). Name one subnet for each zone."
              .formatted(vpc.zones.size(), vpc.subnets.size()));
    }
    return vpc;
  }

  private static List<String> list(Context context, String name) {
    return Arrays.asList(
        context.required(name, "Name those of gpu-vpc, separated by commas").split(","));
  }

  private static String config(Path file) {
    try {
      if (Files.size(file) > LARGEST_CONFIG) {
        throw new IllegalArgumentException(
            "the agent's configuration has %d bytes (at %s). It goes into the instance's user data: keep it below %d."
                .formatted(Files.size(file), file, LARGEST_CONFIG));
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the agent's configuration " + file, e);
    }
  }
}
