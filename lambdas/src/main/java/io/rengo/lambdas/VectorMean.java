package io.rengo.lambdas;

import io.rengo.core.algorithm.ClientAlgorithm;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.ObjectStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Keeps the mean of all members' vectors, one shard of it, beside each version of the model.
final class VectorMean {
  private final ObjectStore objects;
  private final Job job;
  private final ObjectKeys keys;

  VectorMean(ObjectStore objects, Job job) {
    this.objects = objects;
    this.job = job;
    this.keys = job.keys();
  }

  /// Moves the mean by what a round changed, stores it and returns it.
  double[] move(Plan plan, int shard) {
    double[] mean = before(plan, shard);
    VectorFold.Sums sums = VectorFold.load(objects, plan, shard);
    ClientAlgorithm.moveMean(mean, sums.now(), sums.before(), job.members().size());
    objects.putOnce(keys.vectorState(plan.newVersion(), shard), exact(mean));
    if (job.spec().algorithm().sharesMean()) {
      objects.putOnce(keys.vectorMean(plan.newVersion(), shard), rounded(mean));
    }
    return mean;
  }

  private double[] before(Plan plan, int shard) {
    double[] mean = new double[plan.shards().length(shard)];
    if (plan.baseVersion() > 0) {
      Job.content(objects, keys.vectorState(plan.baseVersion(), shard))
          .order(ByteOrder.LITTLE_ENDIAN)
          .asDoubleBuffer()
          .get(mean);
    }
    return mean;
  }

  private static ByteBuffer exact(double[] mean) {
    ByteBuffer bytes = bytes(mean.length, Double.BYTES);
    for (double value : mean) {
      bytes.putDouble(value);
    }
    return bytes.flip();
  }

  private static ByteBuffer rounded(double[] mean) {
    ByteBuffer bytes = bytes(mean.length, Float.BYTES);
    for (double value : mean) {
      bytes.putFloat((float) value);
    }
    return bytes.flip();
  }

  private static ByteBuffer bytes(int values, int each) {
    return ByteBuffer.allocate(Math.multiplyExact(values, each)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
