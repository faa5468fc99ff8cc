/** Runs the agent as a process, with what it logs and measures at hand; it is killed at the end of the test at the latest. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../harness/free-port.ts'

/** The built command line, or the one that a variable names. */
const program =
  process.env.PLIMSOLL_PROGRAM ??
  fileURLToPath(new URL('../../../packages/cli/dist/plimsoll.mjs', import.meta.url))

export interface AgentStart {
  readonly kubeconfig: string
  readonly server: string
  readonly token: string
  /** A folder of the test. */
  readonly folder: string
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** Where an agent finds and leaves what is its own, and where it listens, as its arguments say. */
export interface Launch {
  readonly args: readonly string[]
  /** Arguments of Node. */
  readonly before?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly folder: string
  readonly spool: string
  readonly tokenFile: string
  readonly port: number
}

export type LogLine = Readonly<Record<string, unknown>>

export class AgentProcess {
  readonly log: LogLine[] = []
  readonly said: string[] = []
  readonly child: ChildProcess
  readonly spool: string
  readonly tokenFile: string
  readonly port: number
  readonly ended: Promise<number | null>
  #hasEnded = false

  private constructor(child: ChildProcess, spool: string, tokenFile: string, port: number) {
    this.child = child
    this.spool = spool
    this.tokenFile = tokenFile
    this.port = port
    this.ended = new Promise(resolve =>
      child.once('exit', code => {
        this.#hasEnded = true
        resolve(code)
      }),
    )
    const killAtExit = () => child.kill('SIGKILL')
    process.once('exit', killAtExit)
    void this.ended.then(() => process.off('exit', killAtExit))
    createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', line => {
      if (line.startsWith('{')) this.log.push(JSON.parse(line) as LogLine)
      else this.said.push(line)
    })
  }

  static async start({
    kubeconfig,
    server,
    token,
    folder,
    args = [],
    environment = {},
  }: AgentStart): Promise<AgentProcess> {
    const own = mkdtempSync(join(folder, 'agent-'))
    const tokenFile = join(own, 'token')
    writeFileSync(tokenFile, `${token}\n`)
    const spool = join(own, 'spool')
    const port = await freePort()
    const usual = [
      `--kubeconfig=${kubeconfig}`,
      `--server=${server}`,
      `--token-file=${tokenFile}`,
      `--spool=${spool}`,
      `--listen=127.0.0.1:${port}`,
      '--log-level=debug',
    ]
    return AgentProcess.launch({
      args: ['collect', 'cluster', ...usual, ...args],
      environment,
      folder: own,
      spool,
      tokenFile,
      port,
    })
  }

  /** Starts the command line with these arguments and nothing else. */
  static launch({ args, before = [], environment, folder, spool, tokenFile, port }: Launch): AgentProcess {
    if (!existsSync(program)) throw new Error('the command line is not built: run npm run build')
    const child = spawn(process.execPath, [...before, program, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    return new AgentProcess(child, spool, tokenFile, port)
  }

  /** The first line of the log from the given one on that is so; waits for it. */
  async logged(isWanted: (line: LogLine) => boolean, from = 0): Promise<LogLine> {
    for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(20)) {
      const found = this.log.slice(from).find(isWanted)
      if (found) return found
      if (this.#hasEnded) break
    }
    throw new Error(
      `the agent did not log it: ${this.said.join('\n')}\n${JSON.stringify(this.log.slice(-10), null, 1)}`,
    )
  }

  async get(path: string): Promise<{ readonly status: number; readonly text: string }> {
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`)
    return { status: answer.status, text: await answer.text() }
  }

  async metric(name: string): Promise<number> {
    const { text } = await this.get('/metrics')
    const found = text.split('\n').find(line => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    return Number(found?.split(' ').at(-1))
  }

  /** Resident memory now and at its peak, in MiB. */
  memory(): { readonly now: number; readonly peak: number } {
    const text = readFileSync(`/proc/${this.child.pid}/status`, 'utf8')
    const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1]) / 1024
    return { now: read('VmRSS'), peak: read('VmHWM') }
  }

  /** Stops it in order; gives its exit code, or null where the signal ended it. */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM')
    return await this.ended
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.ended
  }
}
