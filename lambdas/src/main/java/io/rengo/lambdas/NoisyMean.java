package io.rengo.lambdas;

import io.rengo.core.privacy.GridNoise;
import io.rengo.core.privacy.TreeCost;
import io.rengo.core.privacy.TreeNoise;
import io.rengo.protocol.ObjectStore;
import io.rengo.protocol.ObjectStore.StoredObject;
import io.rengo.protocol.PrivacySpec.Mechanism;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The mean of a round's updates with the server's noise, one shard of it, drawn once: whoever runs
/// the step again gets what was stored. It lies in one object with what the next round's noise goes
/// on from, so that no two draws mix.
final class NoisyMean {
  private final ObjectStore objects;
  private final Job job;
  private final Supplier<RandomGenerator> random;

  NoisyMean(ObjectStore objects, Job job, Supplier<RandomGenerator> random) {
    this.objects = objects;
    this.job = job;
    this.random = random;
  }

  /// @param sum of the clipped updates
  double[] of(Plan plan, int shard, double[] sum) {
    String key = job.keys().noisy(plan.round(), shard);
    if (objects.head(key).isEmpty()) {
      objects.putOnce(key, StepShards.encode(drawn(plan, shard, sum)));
    }
    return read(Job.content(objects, key), sum.length).getFirst();
  }

  /// The noisy mean, and what is kept of its noise.
  private double[][] drawn(Plan plan, int shard, double[] sum) {
    Clipping clipping = Clipping.load(objects, job, plan.round());
    GridNoise noise = clipping.noise(plan.shards().parameters());
    List<double[]> arrays = new ArrayList<>();
    if (job.spec().privacy().orElseThrow().mechanism() == Mechanism.TREE) {
      TreeNoise.Release release = inTree(noise, plan.round(), shard, sum);
      arrays.add(release.sum());
      arrays.addAll(release.kept());
    } else {
      arrays.add(noise.release(sum, random.get()));
    }
    double[] mean = arrays.getFirst();
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= clipping.expected();
    }
    return arrays.toArray(double[][]::new);
  }

  /// Goes on from the last round of the same tree that came as far as noise.
  private TreeNoise.Release inTree(GridNoise noise, int round, int shard, double[] sum) {
    TreeCost tree = job.spec().privacy().orElseThrow().tree(job.spec().cohort());
    int leaf = tree.leaf(round);
    int before = leaf - 1;
    List<double[]> kept = List.of();
    for (; before > 0; before--) {
      Optional<StoredObject> earlier = objects.get(job.keys().noisy(round - leaf + before, shard));
      if (earlier.isPresent()) {
        List<double[]> arrays = read(earlier.get().content(), sum.length);
        kept = arrays.subList(1, arrays.size());
        break;
      }
    }
    return new TreeNoise(noise, random.get()).release(sum, kept, before, leaf);
  }

  private static List<double[]> read(ByteBuffer content, int length) {
    DoubleBuffer doubles = content.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
    List<double[]> arrays = new ArrayList<>();
    while (doubles.hasRemaining()) {
      double[] array = new double[length];
      doubles.get(array);
      arrays.add(array);
    }
    return arrays;
  }
}
