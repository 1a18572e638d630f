package io.rengo.core.privacy;

import java.util.List;

/// Adds up what releases cost.
public sealed interface Accountant permits RdpAccountant, PldAccountant {
  /// The epsilon of all the releases together, for a delta in (0, 1). It may be infinite where the
  /// accountant has no finite bound.
  double epsilon(List<SampledGaussian> releases, double delta);
}
