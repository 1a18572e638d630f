package io.rengo.agent;

/// Told what the agent is doing, again and again while it lives.
@FunctionalInterface
public interface Health {
  void alive(String doing);
}
