package io.rengo.protocol;

import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.rengo.core.CohortRule;
import io.rengo.core.FedAdagrad;
import io.rengo.core.FedAdam;
import io.rengo.core.FedAvg;
import io.rengo.core.FedAvgM;
import io.rengo.core.FedYogi;
import io.rengo.core.MetricSums;
import io.rengo.core.ServerOptimizer;

/// The names by which the job file calls the variants of core's sealed types.
final class CoreTypes {
  private CoreTypes() {}

  static SimpleModule module() {
    return new SimpleModule("rengo-core")
        .setMixInAnnotation(CohortRule.class, CohortNames.class)
        .setMixInAnnotation(ServerOptimizer.class, OptimizerNames.class)
        .setMixInAnnotation(MetricSums.class, MetricFields.class);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "rule")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = CohortRule.All.class, name = "all"),
    @JsonSubTypes.Type(value = CohortRule.UniformSample.class, name = "uniform"),
    @JsonSubTypes.Type(value = CohortRule.PoissonSample.class, name = "poisson"),
    @JsonSubTypes.Type(value = CohortRule.WeightedSample.class, name = "weighted"),
    @JsonSubTypes.Type(value = CohortRule.StragglerAware.class, name = "straggler-aware")
  })
  private interface CohortNames {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = FedAvg.class, name = "fedavg"),
    @JsonSubTypes.Type(value = FedAvgM.class, name = "fedavgm"),
    @JsonSubTypes.Type(value = FedAdagrad.class, name = "fedadagrad"),
    @JsonSubTypes.Type(value = FedAdam.class, name = "fedadam"),
    @JsonSubTypes.Type(value = FedYogi.class, name = "fedyogi")
  })
  private interface OptimizerNames {}

  @JsonIncludeProperties({"examples", "loss", "squaredError", "confusion"})
  private interface MetricFields {}
}
