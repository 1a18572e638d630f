package io.rengo.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rengo.cdk.Synthesis.Resource;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ObservabilityStackTest {
  private final List<Resource> alarms =
      Synthesis.WHOLE.resources("AWS::CloudWatch::Alarm").stream()
          .filter(alarm -> alarm.stack().equals("rengo-demo-observability"))
          .toList();

  @Test
  void alarms_watchJobsFunctionsAndQueues() {
    assertThat(alarms)
        .extracting(alarm -> alarm.properties().path("AlarmName").asText())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Arrays.stream(Step.values()).map(step -> "Errors-" + step.id),
                    Stream.of(
                        "JobsFailed",
                        "EventsDead",
                        "EventsLate",
                        "TasksDead-member-1",
                        "TasksDead-member-2",
                        "TasksDead-member-3"))
                .map(name -> "rengo-demo-" + name)
                .toList());
  }

  @Test
  void alarms_tellWhatTheyMeanToTheTopic() {
    assertThat(alarms)
        .allSatisfy(alarm -> {
          assertThat(alarm.properties().path("AlarmActions")).hasSize(1);
          assertThat(alarm.properties().path("AlarmDescription").asText()).hasSizeGreaterThan(30);
          assertThat(alarm.properties().path("TreatMissingData").asText())
              .isEqualTo("notBreaching");
        });
  }

  @Test
  void topic_letsAlarmsPublish() {
    assertThat(
            Synthesis.WHOLE.resources("AWS::SNS::TopicPolicy").stream()
                .flatMap(Synthesis::statements))
        .anyMatch(statement ->
            statement.at("/Principal/Service").asText().equals("cloudwatch.amazonaws.com")
                && statement.path("Action").asText().equals("sns:Publish"));
  }

  @Test
  void dashboard_isValidJson() throws IOException {
    Resource dashboard = Synthesis.WHOLE.resources("AWS::CloudWatch::Dashboard").getFirst();
    StringBuilder body = new StringBuilder();
    for (var part : dashboard.properties().at("/DashboardBody/Fn::Join/1")) {
      body.append(part.isTextual() ? part.asText() : "x");
    }
    assertThat(new ObjectMapper().readTree(body.toString()).path("widgets")).hasSize(15);
  }
}
