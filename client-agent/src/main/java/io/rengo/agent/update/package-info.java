/// What becomes of a training until it leaves the member: train, delta, protect (clip, noise),
/// encode, seal and sign, put. Each stage is one file; [io.rengo.agent.update.Pipeline] is their
/// order.
@NullMarked
package io.rengo.agent.update;

import org.jspecify.annotations.NullMarked;
