/// The AWS pieces in one JVM: the ports in memory or in a folder, events of stored objects, and an
/// interpreter of the states language.
@NullMarked
package io.rengo.local;

import org.jspecify.annotations.NullMarked;
