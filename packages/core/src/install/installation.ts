// Installation: what a person types or keeps to install an agent: by Helm, by kubectl, by Terraform.

import { yamlText } from '../report/yaml-text.ts'
import { agentObjects } from './agent-objects.ts'
import { type AgentSetup, agentName, published, tokenPlaceholder } from './agent-setup.ts'
import { agentValues, valuesTree } from './agent-values.ts'
import { hcl, hclFields } from './hcl.ts'

export interface Installation {
  /** Commands for a POSIX shell. */
  readonly helm: string
  /** For `kubectl apply -f`. */
  readonly manifest: string
  readonly terraform: string
}

/** Each way to install the agent as it is set up. */
export const installationOf = (setup: AgentSetup): Installation => ({
  helm: helmCommand(setup),
  manifest: manifestText(setup),
  terraform: terraformText(setup),
})

const chartOf = ({ options }: AgentSetup) => options.chart ?? published.chart
/** Whether charts are asked for by version there: not where a file or a folder is named. */
const hasVersions = (chart: string) => chart.startsWith('oci://')

function helmCommand(setup: AgentSetup): string {
  const { options, version } = setup
  const chart = chartOf(setup)
  const flags = [
    ...(hasVersions(chart) ? [`--version ${quoted(version)}`] : []),
    `--namespace ${options.namespace} --create-namespace`,
    ...Object.entries(agentValues(setup)).map(([path, value]) => setting(path, value)),
  ]
  return [`helm upgrade --install ${agentName} ${quoted(chart)}`, ...flags].join(' \\\n  ')
}

/** Plain words by --set-string; all else as JSON, which leaves nothing to how Helm reads commas and dots. */
function setting(path: string, value: unknown): string {
  return typeof value === 'string' && /^[\w:/.@-]+$/.test(value)
    ? `--set-string ${quoted(`${path}=${value}`)}`
    : `--set-json ${quoted(`${path}=${JSON.stringify(value)}`)}`
}

/** A word of a POSIX shell. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

function manifestText(setup: AgentSetup): string {
  const { token, options, version } = setup
  const missing = options.existingSecret
    ? `# The Secret ${options.existingSecret} in namespace ${options.namespace} must hold the enrolment's token under the key token.\n`
    : token === undefined
      ? `# Put the enrolment's token in the place of ${tokenPlaceholder}.\n`
      : ''
  const objects = agentObjects(setup).map(object => `---\n${yamlText(object)}\n`)
  return `# The agent of Plimsoll ${version}: kubectl apply -f this file.\n${missing}${objects.join('')}`
}

function terraformText(setup: AgentSetup): string {
  const { options, version } = setup
  const { token, ...values } = agentValues(setup)
  const chart = chartOf(setup)
  const [, repository, name] = /^(oci:\/\/.+)\/([^/]+)$/.exec(chart) ?? []
  const release = {
    name: agentName,
    namespace: options.namespace,
    create_namespace: true,
    ...(repository && name ? { repository, chart: name, version } : { chart }),
  }
  const hasToken = token !== undefined
  return [
    ...(hasToken
      ? [
          'variable "plimsoll_token" {',
          '  description = "The enrolment\'s token, as the server told it once: TF_VAR_plimsoll_token."',
          '  type        = string',
          '  sensitive   = true',
          '}',
          '',
        ]
      : []),
    'resource "helm_release" "plimsoll_agent" {',
    hclFields(Object.entries(release), 2),
    '',
    '  values = [',
    `    yamlencode(${hcl(valuesTree(values), 4)}),`,
    ...(hasToken ? ['    yamlencode({ token = var.plimsoll_token }),'] : []),
    '  ]',
    '}',
    '',
  ].join('\n')
}
