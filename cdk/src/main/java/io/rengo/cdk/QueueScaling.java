package io.rengo.cdk;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.autoscaling.AdjustmentTier;
import software.amazon.awscdk.services.autoscaling.AdjustmentType;
import software.amazon.awscdk.services.autoscaling.AutoScalingGroup;
import software.amazon.awscdk.services.autoscaling.StepScalingAction;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.AutoScalingAction;

/// A host as soon as a task is visible, another for every further four, and none once nothing has
/// been visible or worked on for a quarter of an hour: a host at work is not taken away.
record QueueScaling(Part stack, AutoScalingGroup group, String queue, Metrics metrics) {
  private static final int TASKS_PER_HOST = 4;
  private static final int IDLE_MINUTES = 15;

  static void add(Part stack, AutoScalingGroup group, String queue, int max) {
    QueueScaling scaling =
        new QueueScaling(stack, group, queue, new Metrics(stack, Duration.minutes(1)));
    scaling.out(max);
    scaling.in();
  }

  private void out(int max) {
    StepScalingAction out =
        StepScalingAction.Builder.create(stack, "Out")
            .autoScalingGroup(group)
            .adjustmentType(AdjustmentType.CHANGE_IN_CAPACITY)
            .estimatedInstanceWarmup(Duration.minutes(5))
            .build();
    for (int hosts = 1; hosts <= max; hosts++) {
      AdjustmentTier.Builder tier =
          AdjustmentTier.builder().adjustment(hosts).lowerBound((hosts - 1) * TASKS_PER_HOST);
      out.addAdjustment(
          hosts < max ? tier.upperBound(hosts * TASKS_PER_HOST).build() : tier.build());
    }
    Alarm.Builder.create(stack, "TasksWait")
        .alarmDescription("Starts trainers")
        .metric(metrics.visible(queue, "Waiting tasks"))
        .threshold(1)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        .evaluationPeriods(1)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build()
        .addAlarmAction(new AutoScalingAction(out));
  }

  private void in() {
    StepScalingAction in =
        StepScalingAction.Builder.create(stack, "In")
            .autoScalingGroup(group)
            .adjustmentType(AdjustmentType.EXACT_CAPACITY)
            .build();
    in.addAdjustment(AdjustmentTier.builder().adjustment(0).upperBound(0).build());
    Alarm.Builder.create(stack, "TasksDone")
        .alarmDescription("Ends trainers")
        .metric(
            metrics.sum(
                "Open tasks",
                "waiting",
                metrics.visible(queue, "Waiting tasks"),
                "working",
                metrics.inFlight(queue, "Tasks at work")))
        .threshold(0)
        .comparisonOperator(ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD)
        .evaluationPeriods(IDLE_MINUTES)
        .treatMissingData(TreatMissingData.IGNORE)
        .build()
        .addAlarmAction(new AutoScalingAction(in));
  }
}
