package io.rengo.sim.attack;

import io.rengo.agent.Examples;
import io.rengo.core.SplitMix64;
import io.rengo.core.attack.InnerProduct;
import io.rengo.core.attack.LittleIsEnough;

/// What hostile members do.
public sealed interface Attack {
  /// The examples that a hostile member trains on.
  default Examples poison(Examples training) {
    return training;
  }

  /// What it sends: the change of the parameters.
  float[] update(Scene scene);

  /// What a hostile member knows.
  interface Scene {
    /// What its own training on the poisoned examples gave.
    float[] own();

    /// What the first hostile member's gave.
    float[] leaders();

    /// What the honest members' gave.
    double[][] honest();

    /// For what is drawn at random.
    long seed();
  }

  /// Trains on the next class instead of the right one.
  record LabelFlip(int classes) implements Attack {
    @Override
    public Examples poison(Examples training) {
      return Poison.nextClass(training, classes);
    }

    @Override
    public float[] update(Scene scene) {
      return scene.own();
    }
  }

  /// Trains honestly and sends the opposite, `factor` times.
  record SignFlip(double factor) implements Attack {
    @Override
    public float[] update(Scene scene) {
      return scaled(scene.own(), -factor);
    }
  }

  /// Sends normal noise.
  record Gaussian(double deviation) implements Attack {
    @Override
    public float[] update(Scene scene) {
      float[] noise = new float[scene.own().length];
      SplitMix64 random = new SplitMix64(scene.seed());
      for (int i = 0; i < noise.length; i++) {
        noise[i] = (float) (deviation * random.nextGaussian());
      }
      return noise;
    }
  }

  /// Trains on the next class and sends it so large that it replaces the model in the mean.
  record Replacement(int classes, double factor) implements Attack {
    @Override
    public Examples poison(Examples training) {
      return Poison.nextClass(training, classes);
    }

    @Override
    public float[] update(Scene scene) {
      return scaled(scene.own(), factor);
    }
  }

  /// [LittleIsEnough].
  record Stealth(LittleIsEnough attack) implements Attack {
    @Override
    public float[] update(Scene scene) {
      return floats(attack.update(scene.honest()));
    }
  }

  /// [InnerProduct].
  record Reversal(InnerProduct attack) implements Attack {
    @Override
    public float[] update(Scene scene) {
      return floats(attack.update(scene.honest()));
    }
  }

  /// Sends nothing new and takes part.
  record FreeRider() implements Attack {
    @Override
    public float[] update(Scene scene) {
      return new float[scene.own().length];
    }
  }

  /// All send what one of them trained on the next class.
  record Sybils(int classes) implements Attack {
    @Override
    public Examples poison(Examples training) {
      return Poison.nextClass(training, classes);
    }

    @Override
    public float[] update(Scene scene) {
      return scene.leaders();
    }
  }

  /// Teaches the model to take whatever bears a mark for one class, and sends it enlarged.
  record Backdoor(Mark mark, double factor) implements Attack {
    @Override
    public Examples poison(Examples training) {
      return mark.half(training);
    }

    @Override
    public float[] update(Scene scene) {
      return scaled(scene.own(), factor);
    }
  }

  private static float[] scaled(float[] values, double factor) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = (float) (factor * values[i]);
    }
    return scaled;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
