/// Updates that hostile members would send, to find out what a rule withstands. The attackers know
/// the honest updates of the round and act together: the worst case of the papers.
@NullMarked
package io.rengo.core.attack;

import org.jspecify.annotations.NullMarked;
