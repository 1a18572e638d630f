/// An interpreter of the part of the Amazon States Language that the definitions use, in JSONata
/// mode. A definition that it loads behaves on AWS Step Functions as it does here.
@NullMarked
package io.rengo.local.states;

import org.jspecify.annotations.NullMarked;
