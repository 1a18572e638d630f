package io.rengo.cdk;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;

/// The metrics that AWS keeps of a federation's resources, found by their names.
///
/// @param period of every data point
record Metrics(Part stack, Duration period) {
  /// Nothing in a federation is a matter of seconds.
  static Metrics of(Part stack) {
    return new Metrics(stack, Duration.minutes(5));
  }

  Metric visible(String queue, String label) {
    return queue(queue, "ApproximateNumberOfMessagesVisible", label);
  }

  /// What somebody has taken and not yet deleted.
  Metric inFlight(String queue, String label) {
    return queue(queue, "ApproximateNumberOfMessagesNotVisible", label);
  }

  Metric secondsOfOldest(String queue, String label) {
    return queue(queue, "ApproximateAgeOfOldestMessage", label);
  }

  Metric function(Step step, String name, String statistic) {
    return metric("AWS/Lambda", name, "FunctionName", stack.names.function(step.id))
        .statistic(statistic)
        .label(step.id)
        .build();
  }

  Metric executions(String stateMachineArn, String name) {
    return stateMachine(stateMachineArn, name, "Sum", name);
  }

  Metric milliseconds(String stateMachineArn, String statistic) {
    return stateMachine(stateMachineArn, "ExecutionTime", statistic, statistic);
  }

  /// A figure that a function writes, RecordRound of each round for one.
  Metric round(String name, String statistic) {
    return metric("Rengo", name, "Service", stack.names.prefix())
        .statistic(statistic)
        .label(name)
        .build();
  }

  IMetric sum(String label, String left, Metric leftMetric, String right, Metric rightMetric) {
    return MathExpression.Builder.create()
        .expression(left + " + " + right)
        .label(label)
        .usingMetrics(new TreeMap<>(Map.of(left, leftMetric, right, rightMetric)))
        .period(period)
        .build();
  }

  private Metric queue(String queue, String name, String label) {
    return metric("AWS/SQS", name, "QueueName", queue).statistic("Maximum").label(label).build();
  }

  private Metric stateMachine(String arn, String name, String statistic, String label) {
    return metric("AWS/States", name, "StateMachineArn", arn)
        .statistic(statistic)
        .label(label)
        .build();
  }

  private Metric.Builder metric(String namespace, String name, String dimension, String value) {
    return Metric.Builder.create()
        .namespace(namespace)
        .metricName(name)
        .dimensionsMap(Map.of(dimension, value))
        .period(period);
  }
}
