package io.rengo.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/// Alarms, a topic that tells of them, and a dashboard.
final class ObservabilityStack extends Part {
  private static final int SECONDS_AN_EVENT_MAY_WAIT = 600;
  private static final int DAYS_OF_WARNING = 30;

  private final Metrics metrics;
  private final SnsAction tell;

  ObservabilityStack(Construct scope, Settings settings, StorageStack storage) {
    super(scope, settings, "observability", "alarms and a dashboard");
    metrics = Metrics.of(this);
    Topic topic = topic(storage);
    tell = new SnsAction(topic);
    watchJobs();
    for (Step step : Step.values()) {
      watch(step);
    }
    watchEvents();
    settings.members().forEach(this::watch);
    settings.authority().ifPresent(authority -> watchList());
    new DashboardPage(this, metrics).add();
    output("AlarmTopic", "Tells of every alarm", topic.getTopicArn());
  }

  private Topic topic(StorageStack storage) {
    Topic topic =
        Topic.Builder.create(this, "Alarms")
            .topicName(names.prefix() + "-alarms")
            .masterKey(storage.key)
            .enforceSsl(true)
            .build();
    // A policy of our own takes the place of the one that lets the whole account publish.
    topic.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("TellOfAlarms")
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(topic.getTopicArn()))
            .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", getAccount())))
            .build());
    settings
        .context()
        .text("alarm-email")
        .ifPresent(address -> topic.addSubscription(new EmailSubscription(address)));
    return topic;
  }

  private void watchJobs() {
    alarm(
        "JobsFailed",
        "A job failed or ran out of time: rengo list shows which, rengo watch shows why",
        metrics.sum(
            "Jobs that failed",
            "failed",
            metrics.executions(jobStateMachineArn(), "ExecutionsFailed"),
            "late",
            metrics.executions(jobStateMachineArn(), "ExecutionsTimedOut")),
        1);
  }

  private void watch(Step step) {
    alarm(
        "Errors-" + step.id,
        step.id + " fails or is throttled: see the logs in " + names.functionLogs(step.id),
        metrics.sum(
            step.id,
            "errors",
            metrics.function(step, "Errors", "Sum"),
            "throttles",
            metrics.function(step, "Throttles", "Sum")),
        1);
  }

  private void watchEvents() {
    String queue = names.eventQueue();
    alarm(
        "EventsDead",
        "Events of stored updates could not be worked off: look at one, mend the cause, redrive "
            + names.deadLetterQueue(queue),
        metrics.visible(names.deadLetterQueue(queue), "Given up"),
        1);
    alarm(
        "EventsLate",
        "Events of stored updates have waited for ten minutes: AcceptUpdate does not keep up",
        metrics.secondsOfOldest(queue, "Age of the oldest"),
        SECONDS_AN_EVENT_MAY_WAIT);
  }

  private void watch(String member) {
    alarm(
        "TasksDead-" + member,
        "The agent of " + member + " took a task five times and never finished it: see its logs",
        metrics.visible(names.deadLetterQueue(names.memberQueue(member)), "Given up"),
        1);
  }

  private void watchList() {
    alarm(
        "ListEnds",
        "The list of revoked certificates ends soon, and every update is refused then: run rengo federation publish",
        metrics.round("RevocationListDays", "Minimum"),
        DAYS_OF_WARNING,
        ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD);
  }

  private void alarm(String id, String meaning, IMetric metric, int threshold) {
    alarm(id, meaning, metric, threshold, ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD);
  }

  private void alarm(
      String id, String meaning, IMetric metric, int threshold, ComparisonOperator than) {
    Alarm.Builder.create(this, id)
        .alarmName(names.prefix() + "-" + id)
        .alarmDescription(meaning)
        .metric(metric)
        .threshold(threshold)
        .comparisonOperator(than)
        .evaluationPeriods(1)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build()
        .addAlarmAction(tell);
  }
}
