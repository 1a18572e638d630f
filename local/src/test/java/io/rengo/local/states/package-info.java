/// What the states language says, as tests.
@NullMarked
package io.rengo.local.states;

import org.jspecify.annotations.NullMarked;
