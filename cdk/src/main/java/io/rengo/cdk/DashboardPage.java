package io.rengo.cdk;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TextWidget;

/// One page, from what people care for to what operators do: jobs, rounds, members, events,
/// functions.
final class DashboardPage {
  private static final int WIDTH = 24;

  private final Part stack;
  private final Names names;
  private final Metrics metrics;

  DashboardPage(Part stack, Metrics metrics) {
    this.stack = stack;
    this.names = stack.names;
    this.metrics = metrics;
  }

  void add() {
    Dashboard.Builder.create(stack, "Dashboard")
        .dashboardName(names.prefix())
        .widgets(List.of(title(), jobs(), rounds(), members(), events(), functions()))
        .build();
  }

  private List<IWidget> title() {
    String text =
        "# Rengo: %s\n`rengo list --on aws --federation %s` lists the jobs; `rengo watch` shows one.";
    return List.of(
        TextWidget.Builder.create()
            .markdown(text.formatted(names.federation(), names.federation()))
            .width(WIDTH)
            .height(2)
            .build());
  }

  private List<IWidget> jobs() {
    return List.of(
        executions("Jobs", stack.jobStateMachineArn()),
        executions("Rounds", stack.roundStateMachineArn()),
        executions("Buffers", stack.bufferStateMachineArn()),
        graph(
            "Milliseconds of a round",
            4,
            Stream.of("p50", "p99")
                .map(statistic -> metrics.milliseconds(stack.roundStateMachineArn(), statistic))));
  }

  private IWidget executions(String title, String stateMachineArn) {
    return graph(
        title,
        4,
        Stream.of("Started", "Succeeded", "Failed", "TimedOut", "Aborted")
            .map(event -> metrics.executions(stateMachineArn, "Executions" + event)));
  }

  private List<IWidget> rounds() {
    return List.of(
        graph(
            "Updates of a round",
            3,
            Stream.of("AcceptedUpdates", "LateUpdates", "RefusedUpdates")
                .map(name -> metrics.round(name, "Average"))),
        graph("Accuracy", 3, Stream.of(metrics.round("Accuracy", "Average"))),
        graph("Bytes from members", 3, Stream.of(metrics.round("UpdateBytes", "Sum"))));
  }

  private List<IWidget> members() {
    return List.of(
        graph("Tasks that wait for members", 2, tasks(metrics::visible)),
        graph("Tasks that members work on", 2, tasks(metrics::inFlight)));
  }

  private Stream<Metric> tasks(BiFunction<String, String, Metric> metric) {
    return stack.settings.members().stream()
        .map(member -> metric.apply(names.memberQueue(member), member));
  }

  private List<IWidget> events() {
    String queue = names.eventQueue();
    return List.of(
        graph(
            "Events of stored updates",
            2,
            Stream.of(
                metrics.visible(queue, "waiting"),
                metrics.visible(names.deadLetterQueue(queue), "given up"))),
        graph(
            "Age of the oldest event, seconds",
            2,
            Stream.of(metrics.secondsOfOldest(queue, "age"))));
  }

  private List<IWidget> functions() {
    return List.of(
        graph("Milliseconds of a step (p99)", 3, steps("Duration", "p99")),
        graph("Errors", 3, steps("Errors", "Sum")),
        graph("Throttles", 3, steps("Throttles", "Sum")));
  }

  private Stream<Metric> steps(String name, String statistic) {
    return Arrays.stream(Step.values()).map(step -> metrics.function(step, name, statistic));
  }

  /// A graph that takes its share of a row.
  private static IWidget graph(String title, int inRow, Stream<? extends IMetric> lines) {
    return GraphWidget.Builder.create()
        .title(title)
        .left(lines.toList())
        .width(WIDTH / inRow)
        .height(6)
        .build();
  }
}
