// Scan: `plimsoll scan`: collects, judges, reports, and tells by its exit code how it stands.

import {
  type Attempt,
  assess,
  type Baseline,
  describeGapDetail,
  describeGapPlace,
  exitCode,
  knownWordsOf,
  type Outcome,
  parseBaseline,
  parseExceptions,
  parseKubernetesVersion,
  type RuleException,
  type Scope,
  type Severity,
  type Snapshot,
  succeed,
} from '@plimsoll/core'
import type { Voice } from '../terminal/host.ts'
import { chooseScan, rulesToRun } from './choose.ts'
import { inFile, readDataFile } from './data-file.ts'
import { checkSource, type Gathered, gather, isLiveSource, type SourceFlags } from './gather.ts'
import type { Catalogue, ExitCode, GlobalFlags, Kit } from './kit.ts'
import { readProfile } from './profile.ts'
import { sayProblems, voiceOf } from './say.ts'
import { readServer, type ServerFlags, sendSnapshot } from './upload.ts'
import { writeReport } from './write-report.ts'

export interface ScanFlags extends GlobalFlags, SourceFlags, ServerFlags {
  readonly benchmark?: readonly string[]
  readonly rule?: readonly string[]
  readonly profile?: string
  readonly parameter?: readonly string[]
  readonly exceptions?: string
  readonly baseline?: string
  /** A Kubernetes version; checked where flags are read. */
  readonly kubernetesVersion?: string
  readonly severity?: Severity
  readonly failOn: Severity
  readonly only?: readonly Outcome[]
  readonly allowGaps?: boolean
  readonly outputFile?: string
}

/** Runs a scan. What the user should know beside the report goes to the voice; nothing is thrown for what is the user's to mend. */
export async function scan(kit: Kit, paths: readonly string[], flags: ScanFlags): Promise<ExitCode> {
  const { host, tool } = kit
  const voice = voiceOf(kit, flags)
  const misuse = checkSource(paths, flags)
  if (misuse) return sayProblems([misuse], voice)
  const server = await readServer(kit, flags, isLiveSource(flags))
  if (!server.ok) return sayProblems(server.problems, voice)

  const catalogue = await kit.loadCatalogue()
  const { workingDirectory } = host
  const profile = await readProfile(flags.profile, flags.parameter ?? [], catalogue, workingDirectory)
  if (!profile.ok) return sayProblems(profile.problems, voice)
  const exceptions = await readExceptions(flags.exceptions, catalogue, workingDirectory)
  if (!exceptions.ok) return sayProblems(exceptions.problems, voice)

  const { benchmark = [], rule = [] } = flags
  // The ids are checked, and the kinds to read known, before anything is collected; the version only after.
  const early = chooseScan(catalogue, benchmark, rule, undefined)
  if (!early.ok) return sayProblems(early.problems, voice)
  const wanted = rulesToRun(catalogue.rules, early.value, profile.value)
  // What is sent stands for the whole cluster, whatever is judged here.
  const gathered = await gather(kit, paths, flags, server.value ? catalogue.rules : wanted, voice)
  if (!gathered.ok) return sayProblems(gathered.problems, voice)
  const { locate } = gathered.value
  const sending = server.value && (await sendSnapshot(kit, gathered.value.snapshot, server.value, voice))
  const problems = [...gathered.value.problems, ...(sending?.ok === false ? sending.problems : [])]
  sayProblems(problems, voice)
  if (problems.length > 0 && gathered.value.snapshot.resources.length === 0)
    return sayNothingRead(gathered.value, voice)
  const snapshot = forVersion(gathered.value.snapshot, flags)

  const version = parseKubernetesVersion(snapshot.scope.kubernetesVersion ?? '')
  const choice = chooseScan(catalogue, benchmark, rule, version)
  if (!choice.ok) return sayProblems(choice.problems, voice)
  const baseline = await readBaseline(flags.baseline, snapshot.scope, workingDirectory)
  if (!baseline.ok) return sayProblems(baseline.problems, voice)

  const assessment = assess({
    snapshot,
    rules: catalogue.rules,
    editions: choice.value.editions,
    ...(choice.value.asked && { asked: choice.value.asked }),
    profile: profile.value,
    exceptions: exceptions.value,
    ...(baseline.value && { baseline: baseline.value }),
    now: host.now().toISOString(),
    tool,
  })
  const written = await writeReport(
    kit,
    assessment,
    {
      rules: rulesToRun(catalogue.rules, choice.value, profile.value),
      now: () => host.now().toISOString(),
      ...(locate && { locate }),
      ...(flags.only && { only: new Set(flags.only) }),
      ...(flags.severity && { severity: flags.severity }),
      baseline: baseline.value !== undefined,
      allowGaps: flags.allowGaps === true,
    },
    { format: flags.output ?? 'table', file: flags.outputFile, verbose: flags.verbose === true },
    voice,
  )
  if (!written.ok) return sayProblems(written.problems, voice)
  const code = exitCode(assessment.summary(), {
    failOn: flags.failOn,
    allowGaps: flags.allowGaps === true,
    onlyNew: baseline.value !== undefined,
  })
  // What was named and could not be read is the user's to mend, whatever gaps are allowed.
  return problems.length > 0 && code !== 1 ? 2 : code
}

/** Where nothing that was named could be read, what kept it from being read is told instead of a report without anything in it. */
function sayNothingRead({ snapshot, problems }: Gathered, voice: Voice): ExitCode {
  const told = new Set(problems.map(({ message }) => message))
  const others = snapshot.gaps.filter(({ detail }) => !told.has(detail))
  for (const gap of others.slice(0, gapsTold))
    voice.problem(`${describeGapPlace(gap)}: ${describeGapDetail(gap)}`)
  if (others.length > gapsTold) voice.problem(`and ${others.length - gapsTold} more could not be read`)
  return 2
}

const gapsTold = 20

/** The snapshot as of the version that the user names, which closes the gap of one that could not be read. */
function forVersion(snapshot: Snapshot, { kubernetesVersion }: ScanFlags): Snapshot {
  if (kubernetesVersion === undefined) return snapshot
  const scope = { ...snapshot.scope, kubernetesVersion }
  return { ...snapshot, scope, gaps: snapshot.gaps.filter(({ kind }) => kind !== 'Version') }
}

async function readExceptions(
  file: string | undefined,
  { rules, editions }: Catalogue,
  workingDirectory: string,
): Promise<Attempt<readonly RuleException[]>> {
  if (file === undefined) return succeed([])
  const value = await readDataFile(file, workingDirectory, 'invalid-exceptions')
  return value.ok
    ? inFile(
        parseExceptions(value.value, rules, () => knownWordsOf(rules, editions)),
        file,
      )
    : value
}

async function readBaseline(
  file: string | undefined,
  scope: Scope,
  workingDirectory: string,
): Promise<Attempt<Baseline | undefined>> {
  if (file === undefined) return succeed(undefined)
  const value = await readDataFile(file, workingDirectory, 'invalid-baseline')
  return value.ok ? inFile(parseBaseline(value.value, scope.id), file) : value
}
