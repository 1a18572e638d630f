package io.rengo.lambdas;

import io.rengo.core.Safetensors;
import io.rengo.core.ServerOptimizer;
import io.rengo.core.Sha256;
import io.rengo.core.WeightedSum;
import io.rengo.core.algorithm.ClientAlgorithm;
import io.rengo.core.codec.ModelDelta;
import io.rengo.core.privacy.SecureBits;
import io.rengo.protocol.Downlink;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.ObjectKeys;
import io.rengo.protocol.Ports;
import io.rengo.protocol.RengoException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Takes the server optimiser's step on one shard, stores the optimiser's new state and uploads the
/// shard as one part of the new model. In a region there is no step: the mean itself is uploaded.
final class StepShards implements Step<StepShards.Input, StepShards.Output> {
  record Input(String plan, int shard) {}

  /// @param etag of the part; empty where the model was published before
  /// @param hash SHA-256 of the shard's parameters
  record Output(int shard, String etag, String hash) {}

  private final Ports ports;
  private final Supplier<RandomGenerator> random;

  StepShards(Ports ports) {
    this(ports, SecureBits::new);
  }

  /// @param random what noise is drawn from, in a test
  StepShards(Ports ports, Supplier<RandomGenerator> random) {
    this.ports = ports;
    this.random = random;
  }

  @Override
  public Output run(Input input) {
    Plan plan = Plan.load(ports.objects(), input.plan());
    Job job = Job.load(ports, plan.job());
    return step(job, plan, input.shard(), delta(job, plan, input.shard()));
  }

  /// The step on one shard.
  ///
  /// @param mean of the updates; becomes what the optimiser took
  Output step(Job job, Plan plan, int shard, double[] mean) {
    correct(job, plan, shard, mean);
    ByteBuffer parameters = encode(job.region() ? mean : moved(job, plan, shard, mean));
    storeChange(job, plan, shard, parameters);
    return new Output(shard, upload(job, plan, shard, parameters), Sha256.hex(parameters));
  }

  /// What changed of the shard, for members that have the model before.
  private void storeChange(Job job, Plan plan, int shard, ByteBuffer parameters) {
    if (!job.region() && job.spec().downlink() == Downlink.DELTA) {
      ByteBuffer change = ModelDelta.encode(baseBytes(plan, shard), parameters);
      ports.objects().putOnce(job.keys().modelDelta(plan.newVersion(), shard), change);
    }
  }

  /// The model after the optimiser's step.
  private double[] moved(Job job, Plan plan, int shard, double[] delta) {
    double[] model = base(plan, shard);
    ServerOptimizer optimizer = job.spec().serverOptimizer();
    double[][] state = state(optimizer, job.keys(), plan, shard);
    optimizer.step(model, delta, state, plan.baseVersion());
    if (optimizer.slots() > 0) {
      String key = job.keys().optimizerState(plan.newVersion(), shard);
      ports.objects().putOnce(key, encode(state));
      ports.objects().letExpire(key);
    }
    return model;
  }

  private double[] delta(Job job, Plan plan, int shard) {
    WeightedSum sum =
        MergeTiles.merge(ports.objects(), plan, plan.levels(), shard, 0, plan.sums(plan.levels()));
    return job.central()
        ? new NoisyMean(ports.objects(), job, random).of(plan, shard, sum.sums())
        : sum.mean();
  }

  /// Makes of the mean of the updates what the optimiser takes.
  private void correct(Job job, Plan plan, int shard, double[] delta) {
    for (int i = 0; plan.factor() != 1 && i < delta.length; i++) {
      delta[i] *= plan.factor();
    }
    ClientAlgorithm algorithm = job.spec().algorithm();
    if (algorithm.keepsVectors()) {
      algorithm.correct(delta, new VectorMean(ports.objects(), job).move(plan, shard));
    }
  }

  private double[] base(Plan plan, int shard) {
    FloatBuffer floats = baseBytes(plan, shard).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    double[] model = new double[plan.shards().length(shard)];
    for (int i = 0; i < model.length; i++) {
      model[i] = floats.get(i);
    }
    return model;
  }

  private ByteBuffer baseBytes(Plan plan, int shard) {
    return ports
        .objects()
        .range(
            plan.baseKey(),
            plan.baseOffset() + plan.shards().begin(shard) * Float.BYTES,
            plan.shards().length(shard) * Float.BYTES);
  }

  private double[][] state(ServerOptimizer optimizer, ObjectKeys keys, Plan plan, int shard) {
    int length = plan.shards().length(shard);
    if (optimizer.slots() == 0 || plan.baseVersion() == 0) {
      return optimizer.initialState(length);
    }
    DoubleBuffer stored =
        Job.content(ports.objects(), keys.optimizerState(plan.baseVersion(), shard))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asDoubleBuffer();
    double[][] state = new double[optimizer.slots()][length];
    for (double[] slot : state) {
      stored.get(slot);
    }
    return state;
  }

  private String upload(Job job, Plan plan, int shard, ByteBuffer parameters) {
    String key = job.product(plan.round(), plan.newVersion());
    if (ports.objects().head(key).isPresent()) {
      return "";
    }
    return ports
        .objects()
        .uploadPart(
            key,
            plan.upload(),
            shard + 1,
            shard == 0 ? withHeader(job, plan, parameters) : parameters);
  }

  private static ByteBuffer withHeader(Job job, Plan plan, ByteBuffer parameters) {
    ByteBuffer header = header(job, plan);
    return ByteBuffer.allocate(header.remaining() + parameters.remaining())
        .put(header)
        .put(parameters.duplicate())
        .flip();
  }

  /// The beginning of the new model's file.
  static ByteBuffer header(Job job, Plan plan) {
    return Safetensors.header(job.layout(), Map.of("version", Integer.toString(plan.newVersion())));
  }

  private static ByteBuffer encode(double[] model) {
    ByteBuffer bytes =
        ByteBuffer.allocate(model.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : model) {
      bytes.putFloat(finite(value));
    }
    return bytes.flip();
  }

  private static float finite(double value) {
    float rounded = (float) value;
    if (!Float.isFinite(rounded)) {
      throw new RengoException(
          ErrorCode.NON_FINITE,
          "the server optimiser's step leaves the range of float32",
          "server-optimizer",
          "Lower server-optimizer.learning-rate or the members' training.learning-rate");
    }
    return rounded;
  }

  static ByteBuffer encode(double[][] state) {
    ByteBuffer bytes =
        ByteBuffer.allocate(state.length * state[0].length * Double.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (double[] slot : state) {
      bytes.asDoubleBuffer().put(slot);
      bytes.position(bytes.position() + slot.length * Double.BYTES);
    }
    return bytes.flip();
  }
}
