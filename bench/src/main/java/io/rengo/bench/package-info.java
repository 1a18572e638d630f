/// Whole runs, timed beside a peer.
@NullMarked
package io.rengo.bench;

import org.jspecify.annotations.NullMarked;
