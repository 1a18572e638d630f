package io.rengo.protocol;

import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
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
import io.rengo.core.aggregation.Bulyan;
import io.rengo.core.aggregation.CenteredClipping;
import io.rengo.core.aggregation.CoordinateMedian;
import io.rengo.core.aggregation.Decision;
import io.rengo.core.aggregation.FlTrust;
import io.rengo.core.aggregation.Flame;
import io.rengo.core.aggregation.FoolsGold;
import io.rengo.core.aggregation.GeometricMedian;
import io.rengo.core.aggregation.Krum;
import io.rengo.core.aggregation.Mean;
import io.rengo.core.aggregation.MultiKrum;
import io.rengo.core.aggregation.NormClippedMean;
import io.rengo.core.aggregation.Rule;
import io.rengo.core.aggregation.SignMajority;
import io.rengo.core.aggregation.TrimmedMean;
import io.rengo.core.algorithm.ClientAlgorithm;
import io.rengo.core.algorithm.FedDyn;
import io.rengo.core.algorithm.FedNova;
import io.rengo.core.algorithm.Plain;
import io.rengo.core.algorithm.Scaffold;
import io.rengo.core.codec.Bfloat16;
import io.rengo.core.codec.Encoding;
import io.rengo.core.codec.Float32;
import io.rengo.core.codec.Int8;
import io.rengo.core.codec.RandomK;
import io.rengo.core.codec.Sign;
import io.rengo.core.codec.TopK;
import io.rengo.core.privacy.Adjacency;

/// The names by which the job file calls the variants of core's sealed types.
final class CoreTypes {
  private CoreTypes() {}

  static SimpleModule module() {
    return new SimpleModule("rengo-core")
        .setMixInAnnotation(CohortRule.class, CohortNames.class)
        .setMixInAnnotation(ServerOptimizer.class, OptimizerNames.class)
        .setMixInAnnotation(Rule.class, RuleNames.class)
        .setMixInAnnotation(Decision.class, DecisionNames.class)
        .setMixInAnnotation(ClientAlgorithm.class, AlgorithmNames.class)
        .setMixInAnnotation(Encoding.class, EncodingNames.class)
        .setMixInAnnotation(Adjacency.class, AdjacencyNames.class)
        .setMixInAnnotation(MetricSums.class, MetricFields.class);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "rule")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = CohortRule.All.class, name = "all"),
    @JsonSubTypes.Type(value = CohortRule.UniformSample.class, name = "uniform"),
    @JsonSubTypes.Type(value = CohortRule.PoissonSample.class, name = "poisson"),
    @JsonSubTypes.Type(value = CohortRule.Turns.class, name = "turns"),
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

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Mean.class, name = "mean"),
    @JsonSubTypes.Type(value = NormClippedMean.class, name = "norm-clipped-mean"),
    @JsonSubTypes.Type(value = CoordinateMedian.class, name = "median"),
    @JsonSubTypes.Type(value = TrimmedMean.class, name = "trimmed-mean"),
    @JsonSubTypes.Type(value = Krum.class, name = "krum"),
    @JsonSubTypes.Type(value = MultiKrum.class, name = "multi-krum"),
    @JsonSubTypes.Type(value = Bulyan.class, name = "bulyan"),
    @JsonSubTypes.Type(value = GeometricMedian.class, name = "geometric-median"),
    @JsonSubTypes.Type(value = CenteredClipping.class, name = "centered-clipping"),
    @JsonSubTypes.Type(value = FlTrust.class, name = "fltrust"),
    @JsonSubTypes.Type(value = FoolsGold.class, name = "foolsgold"),
    @JsonSubTypes.Type(value = Flame.class, name = "flame"),
    @JsonSubTypes.Type(value = SignMajority.class, name = "sign-majority")
  })
  private interface RuleNames {}

  private enum DecisionNames {
    @JsonProperty("counted")
    COUNTED,
    @JsonProperty("reduced")
    REDUCED,
    @JsonProperty("excluded")
    EXCLUDED
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Plain.class, name = "plain"),
    @JsonSubTypes.Type(value = Scaffold.class, name = "scaffold"),
    @JsonSubTypes.Type(value = FedNova.class, name = "fednova"),
    @JsonSubTypes.Type(value = FedDyn.class, name = "feddyn")
  })
  private interface AlgorithmNames {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Float32.class, name = "float32"),
    @JsonSubTypes.Type(value = Bfloat16.class, name = "bfloat16"),
    @JsonSubTypes.Type(value = Int8.class, name = "int8"),
    @JsonSubTypes.Type(value = TopK.class, name = "top-k"),
    @JsonSubTypes.Type(value = RandomK.class, name = "random-k"),
    @JsonSubTypes.Type(value = Sign.class, name = "sign")
  })
  private interface EncodingNames {}

  private enum AdjacencyNames {
    @JsonProperty("add-remove")
    ADD_REMOVE,
    @JsonProperty("replace")
    REPLACE
  }

  @JsonIncludeProperties({"examples", "loss", "squaredError", "confusion"})
  private interface MetricFields {}
}
