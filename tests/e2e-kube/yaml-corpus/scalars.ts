/** Scalars of all kinds in every place where one can stand. */

const words = (text: string): string[] => text.trim().split(/\s+/)
const lines = (text: string): string[] => text.trim().split('\n')

/** Plain scalars: words, numbers of every base, times, and what looks like them. */
export const plainScalars: readonly string[] = words(`
  y Y yes Yes YES yEs n N no No NO nO on On ON oN off Off OFF oFF true True TRUE tRUE false False FALSE fALSE ~ null Null
  NULL nULL 0 -0 +0 00 1 -1 +1 0644 010 08 09 0o17 0O17 0o 0o8 0x1F 0X1f 0x 0xg -0x10 +0x10 0b101 0B11 0b2 0b -0b11 +0b11
  0b-1 0b+101 0B-1 -0b-1 1_000 1__0 _1 +_1 0_644 0x_1F 1_ -_ 1e3 1E3 1e+3 1e-3 1e 1. .5 +.5 -.5 .5e3 .5_0 .5_ ._5 . .. 1.5
  1_0.5_0 1.5e3 1.50 1e400 -1e400 1e-400 .5e400 0.0 -0.0 00.5 1..2 1.2.3 1,000 0x1p4 .inf .Inf +.INF -.inf .iNf .nan .NaN
  .nAn inf -Inf nan infinity 9007199254740993 9223372036854775807 9223372036854775808 18446744073709551615
  18446744073709551616 -9223372036854775808 -9223372036854775809 0xFFFFFFFFFFFFFFFF 0x10000000000000000
  +0x8000000000000000 -0x8000000000000000 -0x8000000000000001 01777777777777777777777 02000000000000000000000 1e6 1e21
  123456789.125 0.00001 3.4e39 16777217.5 12:30 12:30:45 190:20:30.15 2020-01-01 2020-1-1 2020-01-01T00:00:00Z 2020-13-01
  2001-12-14t21:59:43.10-05:00 = << @a \`a %a - -a ? ?a : :a a:b a: x#y #a a" it's + 1+1 5m 500Mi v1 10.0.0.0/8
  http://x/y?z=1 */5 *a &a ! !a !!str é 😀 １２ | > [ ] { } , " '
`)

/** Scalars with spaces, quotes, brackets and tags. */
const otherScalars: readonly string[] = [
  '',
  'a\tb',
  'a\u00a0b',
  ...lines(String.raw`
1 2
2020-01-01 00:00:00
yes please
a # b
"yes"
'0644'
"a\nb\x41\u0042"
"\e\_\N\L\P"
'it''s'
"\q"
"\/"
"\ud83d\ude00"
"a" b
"a"#b
"a
'a
[yes, no]
[a b, "c"]
[a, b: c]
[? a : b]
[a,]
[,]
[a,,b]
[a b: c d]
[[a], {b: [c]}]
[a
[a?b]
{}
{a: 1}
{a:1}
{a: }
{a, b}
{"a":1}
{a: b, a: c}
{u: x?y}
{? a : b}
{[a]: b}
{a
{a}}
!!str 1
!!str
!!int "0x1f"
!!int 1.5
!!int
!!float 1
!!float a
!!float 18446744073709551615
!!bool "no"
!!bool 1
!!null ""
!!null x
!!binary aGk=
!!binary gIE=
!!binary aGk
!!binary "8J+YgA=="
!!timestamp 2020-01-01
!!timestamp 2020-02-30
!!timestamp 2020-01-01T01:02:03+01:00
!!set {a}
!!map [a]
!local 1
! 1
! "1"
!<tag:yaml.org,2002:int> 5
!<> 5
!e!x 5
!!in%74 5
!!% 5
&a 1
&a
&a &b 1
&a.b x`),
]

type Context = (scalar: string) => string

/** The places of a mapping's value, a key, an item, and inside quotes and blocks. Each gives lines of a mapping. */
const contexts: readonly Context[] = [
  scalar => `value: ${scalar}`,
  scalar => `value: ${scalar} # comment`,
  scalar => `${scalar}: value`,
  scalar => `${scalar} : value`,
  scalar => `? ${scalar}\n: value`,
  scalar => `value:\n- ${scalar}\n- z`,
  scalar => `value:\n  ${scalar}\nnext: 1`,
  scalar => `value: ${scalar}\n  ${scalar}`,
  scalar => `value: [x, ${scalar}, z]`,
  scalar => `value: {k: ${scalar}}`,
  scalar => `value: {${scalar}: v}`,
  scalar => `value: {${scalar}}`,
  scalar => `value: "${scalar}"`,
  scalar => `value: '${scalar}'`,
  scalar => `value: |\n  ${scalar}`,
  scalar => `value: >-\n  ${scalar}\n  ${scalar}`,
  scalar => `value: &a ${scalar}\nagain: *a`,
  scalar => `&k ${scalar}: 1\nagain: *k`,
  scalar => `value: !!str ${scalar}`,
  scalar => `value: !!int ${scalar}`,
  scalar => `value: !!float ${scalar}`,
  scalar => `value: !!bool ${scalar}`,
  scalar => `value: !own ${scalar}`,
  scalar => `!!str ${scalar}: value`,
  scalar => `value:\n- - ${scalar}: ${scalar}\n    b: ${scalar}`,
]

/** Bodies: each scalar in each place. */
export const scalarBodies = (): string[] =>
  contexts.flatMap(context => [...plainScalars, ...otherScalars].map(scalar => context(scalar)))
