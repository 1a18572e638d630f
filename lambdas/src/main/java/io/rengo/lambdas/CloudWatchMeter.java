package io.rengo.lambdas;

import io.rengo.protocol.RoundReport;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/// A round's figures in CloudWatch's embedded metric format.
final class CloudWatchMeter implements Meter {
  @Override
  public void record(RoundReport report) {
    Metrics metrics = MetricsFactory.getMetricsInstance();
    metrics.addMetric("RoundSeconds", report.seconds(), MetricUnit.SECONDS);
    metrics.addMetric("AcceptedUpdates", report.accepted(), MetricUnit.COUNT);
    metrics.addMetric("LateUpdates", report.late(), MetricUnit.COUNT);
    metrics.addMetric("RefusedUpdates", report.refusals().size(), MetricUnit.COUNT);
    metrics.addMetric("UpdateBytes", report.bytes(), MetricUnit.BYTES);
    report
        .accuracy()
        .ifPresent(accuracy -> metrics.addMetric("Accuracy", accuracy, MetricUnit.NONE));
    metrics.flush();
  }

  @Override
  public void listLasts(double days) {
    Metrics metrics = MetricsFactory.getMetricsInstance();
    metrics.addMetric("RevocationListDays", days, MetricUnit.NONE);
    metrics.flush();
  }
}
