package io.rengo.lambdas;

/// One step of a workflow. A step may run twice with the same input, at the same time even, and
/// does its work once.
interface Step<I, O> {
  O run(I input);
}
