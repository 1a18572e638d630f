package io.rengo.sim.attack;

import io.rengo.agent.Examples;
import io.rengo.agent.LocalTraining;
import io.rengo.agent.LocalUpdate;
import io.rengo.agent.MemberData;
import io.rengo.agent.Trainer;
import io.rengo.agent.TrainerProvider;
import io.rengo.core.MetricSums;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// Trainers of which those over hostile data attack. Hostile members act together and know what the
/// honest ones send: they train on everybody's data.
public final class HostileTrainers implements TrainerProvider {
  private final TrainerProvider real;
  private final Attack attack;
  private final List<MemberData> hostile;
  private final List<MemberData> honest;
  private final Map<String, double[][]> known = new ConcurrentHashMap<>();

  /// @param real what honest members train with
  /// @param hostile the data of the hostile members, the same objects that their agents get
  /// @param honest the data of the others
  public HostileTrainers(
      TrainerProvider real, Attack attack, List<MemberData> hostile, List<MemberData> honest) {
    this.real = real;
    this.attack = attack;
    this.hostile = List.copyOf(hostile);
    this.honest = List.copyOf(honest);
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public Trainer open(Context context) {
    MemberData data = context.data().get();
    boolean attacks = hostile.stream().anyMatch(each -> each == data);
    return attacks ? new Hostile(context, data) : real.open(context);
  }

  private final class Hostile implements Trainer {
    private final Context context;
    private final MemberData data;
    private final Trainer trainer;

    Hostile(Context context, MemberData data) {
      this.context = context;
      this.data = data;
      this.trainer = real.open(on(context, poisoned(data)));
    }

    @Override
    public MetricSums evaluate(float[] parameters) {
      return trainer.evaluate(parameters);
    }

    @Override
    public LocalUpdate train(float[] parameters, LocalTraining settings) {
      LocalUpdate own = trainer.train(parameters, settings);
      float[] sent = attack.update(new Known(parameters, settings, own));
      for (int i = 0; i < sent.length; i++) {
        sent[i] += parameters[i];
      }
      return new LocalUpdate(sent, data.training().count(), own.steps(), own.loss());
    }

    @Override
    public void close() {
      trainer.close();
    }

    private final class Known implements Attack.Scene {
      private final float[] parameters;
      private final LocalTraining settings;
      private final LocalUpdate own;

      Known(float[] parameters, LocalTraining settings, LocalUpdate own) {
        this.parameters = parameters;
        this.settings = settings;
        this.own = own;
      }

      @Override
      public float[] own() {
        float[] delta = new float[parameters.length];
        for (int i = 0; i < delta.length; i++) {
          delta[i] = own.parameters()[i] - parameters[i];
        }
        return delta;
      }

      @Override
      public float[] leaders() {
        double[] leader =
            deltas("leaders", List.of(hostile.getFirst()), HostileTrainers.this::poisoned)[0];
        float[] delta = new float[leader.length];
        for (int i = 0; i < delta.length; i++) {
          delta[i] = (float) leader[i];
        }
        return delta;
      }

      @Override
      public double[][] honest() {
        return deltas("honest", honest, each -> each);
      }

      @Override
      public long seed() {
        return settings.seed();
      }

      /// What members send after training from these parameters, found out once for all of us.
      private double[][] deltas(
          String who, List<MemberData> members, Function<MemberData, MemberData> seen) {
        return known.computeIfAbsent(
            who + Arrays.hashCode(parameters),
            key ->
                members.stream().map(member -> delta(seen.apply(member))).toArray(double[][]::new));
      }

      private double[] delta(MemberData member) {
        try (Trainer other = real.open(on(context, member))) {
          float[] trained = other.train(parameters, settings).parameters();
          double[] delta = new double[trained.length];
          Arrays.setAll(delta, i -> (double) trained[i] - parameters[i]);
          return delta;
        }
      }
    }
  }

  private MemberData poisoned(MemberData data) {
    Examples poisoned = attack.poison(data.training());
    return new MemberData(poisoned, data.holdOut());
  }

  private static Context on(Context context, MemberData data) {
    Supplier<MemberData> supplier = () -> data;
    return new Context(
        context.model(),
        context.settings(),
        context.member(),
        context.layout(),
        supplier,
        context.scratch());
  }
}
