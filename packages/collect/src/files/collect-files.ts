// Collect files: makes a snapshot of the manifests, charts and kustomizations that paths lead to.

import { resolve } from 'node:path'
import type { Gap, Problem } from '@plimsoll/core'
import { ahead } from '../ahead.ts'
import { renderChart } from '../rendering/chart.ts'
import { renderKustomization } from '../rendering/kustomization.ts'
import { planRendering } from '../rendering/plan.ts'
import type { Rendered } from '../rendering/rendered.ts'
import { openSandbox, type Sandbox } from '../rendering/sandbox.ts'
import { type Content, readContent, readStream } from './content.ts'
import type { CollectFiles, FilesCollection, FilesRequest } from './files-request.ts'
import { gatherRendered } from './gather-rendered.ts'
import { Gatherer } from './gatherer.ts'
import type { ChartInput, FileInput, Input, KustomizationInput, StdinInput } from './input.ts'
import { readInput } from './read-input.ts'
import { readSnapshot } from './snapshot-file.ts'
import { isSnapshot } from './snapshot-format.ts'
import { SourceStore } from './source-store.ts'
import { noSources } from './sources.ts'
import { walk } from './walk.ts'

/** Files read and charts rendered ahead of the one whose documents are being parsed. */
const inputsAhead = 4

type ReadInput = FileInput | StdinInput
type RenderInput = ChartInput | KustomizationInput
type Prepared =
  | { readonly input: ReadInput; readonly content: Content }
  | { readonly input: RenderInput; readonly rendered: Rendered }

/**
 * Reads, renders and gathers whatever the paths hold. Never rejects because of what it finds: every file, document or
 * chart that could not be read is a gap. Rejects only with the signal's reason when that aborts.
 */
export const collectFiles: CollectFiles = async request => {
  const { paths, exclude = [], workingDirectory = process.cwd(), signal } = request
  const walked = await walk(paths, exclude, workingDirectory, signal)
  const plan = planRendering(walked.inputs)
  const collection = new Collection(request)
  collection.problems.push(...walked.problems)
  for (const gap of walked.gaps) collection.gatherer.gaps.push(gap)
  for (const input of plan.looseComponents) collection.leaveOut(input, componentAlone)

  const needsSandbox = plan.inputs.some(({ type }) => type === 'chart' || type === 'kustomization')
  const sandbox = needsSandbox ? await openSandbox().catch((error: Error) => error) : undefined
  try {
    const prepared = ahead(plan.inputs, inputsAhead, input => prepare(input, request, sandbox))
    for await (const one of prepared) {
      signal?.throwIfAborted()
      const saved = 'content' in one ? await collection.takeSnapshot(one, plan.inputs.length) : undefined
      if (saved) return saved
      await collection.take(one)
    }
  } finally {
    if (sandbox && 'run' in sandbox) await sandbox.close()
  }
  collection.nameEmptyFolders(walked.settledRoots)
  return collection.result(walked)
}

const componentAlone =
  'it is a component, which is built only as a part of kustomizations, and none of those read here includes it'

async function prepare(
  input: Input,
  request: FilesRequest,
  sandbox: Sandbox | Error | undefined,
): Promise<Prepared> {
  const { workingDirectory = process.cwd(), helmValues = [], tools, stdin, signal } = request
  if (input.type === 'file') return { input, content: await readContent(input.real) }
  if (input.type === 'stdin') {
    const nothing: Content = { type: 'unreadable', problem: 'there is no standard input' }
    return { input, content: stdin ? await readStream(stdin) : nothing }
  }
  if (!sandbox || sandbox instanceof Error) {
    const why = `no temporary folder can be made for it: ${sandbox?.message ?? ''}`
    return { input, rendered: { type: 'not-rendered', why } }
  }
  if (input.type === 'kustomization')
    return { input, rendered: await renderKustomization(input, tools.kubectl, sandbox, signal) }
  const call = {
    chart: input.real,
    shown: input.path,
    values: helmValues.map(file => resolve(workingDirectory, file)),
    helm: tools.helm,
    ...(signal ? { signal } : {}),
  }
  return { input, rendered: await renderChart(call, sandbox) }
}

/** A collection under way. */
class Collection {
  readonly gatherer = new Gatherer()
  readonly problems: Problem[] = []
  private readonly store = new SourceStore()
  private readonly request: FilesRequest
  private done = 0

  constructor(request: FilesRequest) {
    this.request = request
  }

  async take(prepared: Prepared): Promise<void> {
    const { input } = prepared
    if ('content' in prepared) await this.takeContent(prepared.input, prepared.content)
    else this.takeRendered(prepared.input, prepared.rendered)
    this.done++
    this.request.progress?.({
      phase: 'content' in prepared ? 'reading' : 'rendering',
      what: input.type === 'stdin' ? '-' : input.path,
      done: this.done,
    })
  }

  /** A saved snapshot is a collection of its own; it cannot be mixed with anything. */
  async takeSnapshot(
    { input, content }: { readonly input: ReadInput; readonly content: Content },
    inputs: number,
  ): Promise<FilesCollection | undefined> {
    if (content.type === 'unreadable') return undefined
    if (!isSnapshot(content.type === 'whole' ? content.bytes : content.head)) return undefined
    if (inputs > 1 || !isNamed(input)) return undefined
    const read = await readSnapshot(nameOf(input), content)
    if (!read.ok) {
      this.problems.push(...read.problems)
      for (const { message } of read.problems) this.gap(input, 'unparsable', message)
      return this.result({ otherFiles: 0, excluded: 0, unusedExcludes: [] })
    }
    const result = this.result({ otherFiles: 0, excluded: 0, unusedExcludes: [] })
    return { ...result, snapshot: read.value, sources: noSources }
  }

  private async takeContent(input: ReadInput, content: Content): Promise<void> {
    const file = nameOf(input)
    if (content.type === 'unreadable') {
      this.gap(input, 'not-collected', `${file} was not read: ${content.problem}`)
      if (isNamed(input)) this.problem(input, `${file} was not read: ${content.problem}`)
      return
    }
    if (isSnapshot(content.type === 'whole' ? content.bytes : content.head)) {
      this.refuseSnapshot(input)
      return
    }
    const place = {
      file,
      root: input.root,
      named: isNamed(input),
      inChart: input.type === 'file' && input.inChart,
      ...(input.type === 'file' ? { real: input.real } : {}),
    }
    const { resources, gaps } = await readInput(
      place,
      content,
      this.gatherer,
      this.store,
      this.request.signal,
    )
    if (!isNamed(input) || resources > 0) return
    this.problem(input, `no Kubernetes object could be read from ${file}`)
    if (gaps === 0) this.gap(input, 'not-collected', `${file} holds no Kubernetes objects`)
  }

  private refuseSnapshot(input: ReadInput): void {
    if (!isNamed(input)) {
      this.gatherer.tally.notKubernetes++
      return
    }
    const message = `the saved snapshot ${nameOf(input)} was not read: a snapshot is read by itself, without other paths`
    this.problem(input, message)
    this.gap(input, 'not-collected', message)
  }

  private takeRendered(input: RenderInput, rendered: Rendered): void {
    if (rendered.type === 'rendered') gatherRendered(input, rendered.texts, this.gatherer)
    else if (rendered.type === 'not-rendered') this.leaveOut(input, rendered.why)
    else if (input.named) this.leaveOut(input, rendered.why)
  }

  leaveOut(input: RenderInput, why: string): void {
    const what = input.type === 'chart' ? 'chart' : 'kustomization'
    this.gap(input, 'not-collected', `the ${what} ${input.path} was not rendered: ${why}`)
  }

  /** A folder that was named and gave nothing at all must not look clean. */
  nameEmptyFolders(settled: ReadonlySet<number>): void {
    for (const [root, path] of this.request.paths.entries())
      if (!settled.has(root) && !this.gatherer.fruitful.has(root))
        this.gatherer.gap(root, {
          scope: path,
          reason: 'not-collected',
          detail: `no Kubernetes objects were found in ${path}`,
        })
  }

  result(walked: {
    otherFiles: number
    excluded: number
    unusedExcludes: readonly string[]
  }): FilesCollection {
    const { resources, gaps, notes, tally } = this.gatherer
    const { paths, collector, now } = this.request
    const { otherFiles, excluded, unusedExcludes } = walked
    return {
      snapshot: {
        scope: { type: 'files', id: 'files', name: paths.join(' ') },
        collector,
        takenAt: now().toISOString(),
        resources,
        gaps,
      },
      sources: this.store,
      problems: this.problems,
      notes,
      tally: { ...tally, otherFiles, excluded, unusedExcludes },
    }
  }

  private gap(input: Input, reason: Gap['reason'], detail: string): void {
    this.gatherer.gap(input.root, { scope: nameOf(input), reason, detail })
  }

  private problem(input: ReadInput, message: string): void {
    this.problems.push({ code: 'unreadable-input', message, file: nameOf(input) })
  }
}

const nameOf = (input: Input): string => (input.type === 'stdin' ? '-' : input.path)

const isNamed = (input: ReadInput): boolean => input.type === 'stdin' || input.named
