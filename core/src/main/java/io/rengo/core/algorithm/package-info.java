/// Training methods that change what members do between two models, and what the server makes of
/// it: each in a file of its own, with both of its halves.
@NullMarked
package io.rengo.core.algorithm;

import org.jspecify.annotations.NullMarked;
