// Verbs: the verbs and flags of the command line, each with the command that it runs, loaded when it runs.

import { Command } from 'commander'
import { collectFlags } from './collect-flags.ts'
import { applyConfig } from './config-file.ts'
import { flags, type ReportFormat, reportFormats } from './flags.ts'
import type { ExitCode, GlobalFlags, Kit } from './kit.ts'
import { sayProblems, voiceOf } from './say.ts'
import { serverFlags } from './server-flags.ts'

/** What verbs that list things can write; a report can be more. */
const listFormats: readonly ReportFormat[] = ['table', 'json']
const remoteFormats: readonly ReportFormat[] = ['table', 'json', 'csv']

export interface Run {
  readonly kit: Kit
  readonly nodeVersion: string
  /** Told of what the program reads of the command line, for the case that it breaks. */
  readonly onFlags: (flags: GlobalFlags) => void
}

/** The commands as commander knows them; `done` is told the exit code of the one that runs. */
export function buildProgram(run: Run, done: (code: ExitCode) => void): Command {
  const { kit } = run
  const program = new Command('plimsoll')
    .description('Judges Kubernetes manifests and clusters against published benchmarks.')
    .version(`${kit.tool.name} ${kit.tool.version}`, '-V, --version', 'name and version')
    .helpOption('-h, --help', 'how to use it')
    .helpCommand('help [verb]', 'how to use a verb')
    .configureHelp({ showGlobalOptions: true })
    .addOption(flags.output())
    .addOption(flags.config())
    .addOption(flags.verbose())
    .addOption(flags.quiet())
    .addOption(flags.noColor())
    .addHelpText(
      'after',
      '\nExit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or input error, 3 something was not looked at.',
    )

  type Deed<F> = (given: F, ...args: string[]) => Promise<ExitCode>
  /** Runs a deed with the flags of its command, those of the configuration file among them. */
  const action =
    <F>(deed: Deed<F>, formats = listFormats) =>
    async (...all: unknown[]) => {
      const command = all.at(-1) as Command
      const args = all.slice(0, -2).flat() as string[]
      const { config } = command.optsWithGlobals<GlobalFlags>()
      if (config !== undefined) {
        const applied = await applyConfig(command, config, kit.host.workingDirectory)
        if (!applied.ok) return done(sayProblems(applied.problems, voiceOf(kit, command.optsWithGlobals())))
      }
      const given = command.optsWithGlobals<F & GlobalFlags>()
      run.onFlags(given)
      if (given.output && !formats.includes(given.output)) {
        const message = `${command.name()} has no format ${given.output} (it has ${formats.join(' and ')})`
        return done(sayProblems([{ code: 'usage', message }], voiceOf(kit, given)))
      }
      done(await deed(given, ...args.filter(one => one !== undefined)))
    }

  program
    .command('scan')
    .summary('judge manifests, charts, dumps, snapshots or a live cluster')
    .description(
      'Judges Kubernetes resources: YAML or JSON files and folders, - for standard input, charts and kustomizations, ' +
        'kubectl get -o json dumps, saved snapshots, or with --live a cluster.',
    )
    .argument('[path...]', 'files or folders; - is standard input')
    .addOption(flags.outputFile())
    .addOption(flags.benchmark())
    .addOption(flags.rule())
    .addOption(flags.profile())
    .addOption(flags.parameter())
    .addOption(flags.kubernetesVersion())
    .addOption(flags.exceptions())
    .addOption(flags.baseline())
    .addOption(flags.severity())
    .addOption(flags.only())
    .addOption(flags.failOn())
    .addOption(flags.allowGaps())
    .addOption(flags.exclude())
    .addOption(flags.helmValues())
    .addOption(flags.live())
    .addOption(flags.kubeconfig())
    .addOption(flags.context())
    .addOption(flags.server())
    .addOption(flags.tokenFile())
    .addOption(flags.serverCa())
    .addHelpText(
      'after',
      `
Examples:
  plimsoll scan deploy/                                    all manifests below a folder
  helm template web/ | plimsoll scan -                     what comes on standard input
  plimsoll scan deploy/ -b pss-restricted@1.34 -o sarif --output-file plimsoll.sarif
  plimsoll scan deploy/ --baseline main.json               only what is new since an earlier report
  plimsoll scan --context production --fail-on critical    a live cluster, reading only`,
    )
    .action(
      action(async (given: Parameters<typeof import('./scan.ts').scan>[2], ...paths) => {
        const { scan } = await import('./scan.ts')
        return await scan(kit, paths, given)
      }, reportFormats),
    )

  const rules = program
    .command('rules')
    .summary('list the rules')
    .description('Lists the rules.')
    .action(action(async (given: GlobalFlags) => (await import('./rules.ts')).listRules(kit, given)))
  rules
    .command('show')
    .summary('tell all about one rule')
    .description('Tells all about one rule.')
    .argument('<id>')
    .action(
      action(async (given: GlobalFlags, id = '') => (await import('./explain.ts')).showRule(kit, id, given)),
    )

  const benchmarks = program
    .command('benchmarks')
    .summary('list the benchmarks and their editions')
    .description('Lists the benchmarks and their editions.')
    .action(
      action(async (given: GlobalFlags) => (await import('./benchmarks.ts')).listBenchmarks(kit, given)),
    )
  benchmarks
    .command('show')
    .summary('list the controls of an edition')
    .description('Lists the controls of an edition, and what decides each.')
    .argument('<id>', 'family or family@edition')
    .action(
      action(async (given: GlobalFlags, id = '') =>
        (await import('./benchmarks.ts')).showBenchmark(kit, id, given),
      ),
    )

  program
    .command('explain')
    .summary('tell what a rule, a control or a reason for a gap means')
    .description('Tells what a rule, a control (benchmark/control) or a reason for a gap means.')
    .argument('<id>')
    .action(
      action(async (given: GlobalFlags, id = '') => (await import('./explain.ts')).explain(kit, id, given)),
    )

  for (const list of ['findings', 'clusters'] as const)
    program
      .command(list)
      .summary(`list the ${list} that a server knows`)
      .description(
        `Lists the ${list} of a Plimsoll server that a query asks for, or all. The language is told in docs/query.md; ` +
          'an API token is read from a file or from PLIMSOLL_TOKEN.',
      )
      .argument('[query...]', 'such as: severity >= high and not namespace : kube-*')
      .option('--at <instant>', 'as they were then, such as 2026-05-01T12:00:00Z')
      .option('--account <id>', 'of this account only')
      .option('--zone <id>', 'of this zone of yours only')
      .addOption(flags.askedServer())
      .addOption(flags.tokenFile())
      .addOption(flags.serverCa())
      .action(
        action(async (given: Parameters<typeof import('./remote-list.ts').listFindings>[2], ...words) => {
          const { listClusters, listFindings } = await import('./remote-list.ts')
          return await (list === 'findings' ? listFindings : listClusters)(kit, words, given)
        }, remoteFormats),
      )

  const snapshot = program
    .command('snapshot')
    .summary('keep what was seen, to be judged later or elsewhere')
    .description('Keeps what was seen, to be judged later or elsewhere.')
  snapshot
    .command('save')
    .summary('save what paths or a cluster hold')
    .description('Saves what the paths, or a live cluster, hold. Only its owner may read the file.')
    .argument('<file>', 'where to save it')
    .argument('[path...]', 'files or folders; - is standard input')
    .addOption(flags.exclude())
    .addOption(flags.helmValues())
    .addOption(flags.live())
    .addOption(flags.kubeconfig())
    .addOption(flags.context())
    .action(
      action(async (given: Parameters<typeof import('./snapshot.ts').saveSnapshot>[3], file = '', ...paths) =>
        (await import('./snapshot.ts')).saveSnapshot(kit, file, paths, given),
      ),
    )
  snapshot
    .command('upload')
    .summary('send a saved snapshot of a cluster to a server')
    .description(
      'Sends a saved snapshot of a cluster to a Plimsoll server. The token is read from a file or from PLIMSOLL_TOKEN.',
    )
    .argument('<file>')
    .addOption(flags.server())
    .addOption(flags.tokenFile())
    .addOption(flags.serverCa())
    .action(
      action(async (given: Parameters<typeof import('./upload.ts').uploadSavedSnapshot>[2], file = '') =>
        (await import('./upload.ts')).uploadSavedSnapshot(kit, file, given),
      ),
    )
  snapshot
    .command('show')
    .summary('tell what a saved snapshot holds')
    .description('Tells what a saved snapshot holds.')
    .argument('<file>')
    .action(
      action(async (given: GlobalFlags, file = '') =>
        (await import('./snapshot.ts')).showSnapshot(kit, file, given),
      ),
    )

  program
    .command('preflight')
    .summary('tell which permissions are missing in a cluster')
    .description('Tells which permissions are missing in a cluster, and which rules each of them costs.')
    .addOption(flags.kubeconfig())
    .addOption(flags.context())
    .addOption(flags.benchmark())
    .addOption(flags.rule())
    .action(
      action(async (given: Parameters<typeof import('./preflight.ts').preflight>[1]) =>
        (await import('./preflight.ts')).preflight(kit, given),
      ),
    )

  const collector = program
    .command('collect')
    .summary("keep a server's picture of what runs true")
    .description("Keeps a server's picture of what runs true, until it is stopped.")
  const cluster = collector
    .command('cluster')
    .summary('follow the API of a cluster')
    .description(
      'Follows the API of the cluster that it runs in, or that a kubeconfig names, and sends what changes to a Plimsoll server.',
    )
    .addOption(flags.kubeconfig())
    .addOption(flags.context())
  for (const option of collectFlags()) cluster.addOption(option)
  cluster.action(
    action(async (given: Parameters<typeof import('./collect.ts').collectFromCluster>[1]) =>
      (await import('./collect.ts')).collectFromCluster(kit, given),
    ),
  )

  program
    .command('up')
    .summary('start the whole product on this machine')
    .description(
      'Starts the server with a database of its own, on loopback, and shows the cluster that is named, or else the bundled sample fleet.',
    )
    .addOption(flags.kubeconfig())
    .addOption(flags.context())
    .addOption(serverFlags.sample())
    .addOption(serverFlags.listen())
    .addOption(serverFlags.data())
    .addOption(serverFlags.logLevel())
    .action(
      action(async (given: Parameters<typeof import('./up.ts').up>[1]) =>
        (await import('./up.ts')).up(kit, given),
      ),
    )
  program
    .command('serve')
    .summary('run the server')
    .description(
      'Runs the server until it is stopped. Settings come from the environment: see docs/server.md.',
    )
    .addOption(serverFlags.listen())
    .addOption(serverFlags.data())
    .addOption(serverFlags.publicUrl())
    .addOption(serverFlags.logLevel())
    .action(
      action(async (given: Parameters<typeof import('./serve.ts').serve>[1]) =>
        (await import('./serve.ts')).serve(kit, given),
      ),
    )

  type DatabaseFlags = Parameters<typeof import('./database.ts').migrateDatabase>[1]
  const database = program
    .command('db')
    .summary("look after the server's database")
    .description("Looks after the server's database: the one of DATABASE_URL, or else of the data folder.")
  database
    .command('migrate')
    .summary('bring the schema up to date')
    .description('Brings the schema up to date, as each start of the server does.')
    .addOption(serverFlags.data())
    .action(
      action(async (given: DatabaseFlags) => (await import('./database.ts')).migrateDatabase(kit, given)),
    )
  database
    .command('distribute')
    .summary('spread the large tables over Citus')
    .description(
      'Spreads the large tables of a PostgreSQL with the extension Citus over its workers, by cluster. May be run again after an upgrade.',
    )
    .addOption(serverFlags.data())
    .action(
      action(async (given: DatabaseFlags) => (await import('./database.ts')).distributeDatabase(kit, given)),
    )
  database
    .command('verify')
    .summary('check schema and audit log')
    .description(
      "Holds the schema and the audit log's chain against what they must be. 1 where the chain is broken.",
    )
    .addOption(serverFlags.data())
    .action(
      action(async (given: DatabaseFlags) => (await import('./database.ts')).verifyDatabase(kit, given)),
    )
  database
    .command('backup')
    .summary('write all that is kept to a file')
    .description('Writes all that is kept, as it is at one instant, to a file that only its owner may read.')
    .argument('<file>', 'where to write it; it must not be there yet')
    .addOption(serverFlags.data())
    .action(
      action(async (given: DatabaseFlags, file = '') =>
        (await import('./database.ts')).backupDatabase(kit, given, file),
      ),
    )
  database
    .command('restore')
    .summary('read a backup into an empty database')
    .description('Reads a backup into an empty database: all of it, or nothing.')
    .argument('<file>', 'a file that plimsoll db backup wrote')
    .addOption(serverFlags.data())
    .action(
      action(async (given: DatabaseFlags, file = '') =>
        (await import('./database.ts')).restoreDatabase(kit, given, file),
      ),
    )

  program
    .command('completion')
    .summary('print a completion script: bash, zsh or fish')
    .description('Prints a completion script: bash, zsh or fish.')
    .argument('<shell>')
    .action(
      action(async (given: GlobalFlags, shell = '') =>
        (await import('./completion.ts')).completion(kit, program, shell, given),
      ),
    )

  program
    .command('version')
    .summary('say name and version')
    .description('Says name and version.')
    .action(
      action(async (given: GlobalFlags) =>
        (await import('./version.ts')).version(kit, run.nodeVersion, given),
      ),
    )
  return program
}
