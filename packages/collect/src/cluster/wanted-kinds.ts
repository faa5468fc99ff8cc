// Wanted kinds: which kinds of the API the rules that were chosen read; core decides it.

export { entriesOf, kindsReadBy } from '@plimsoll/core'
