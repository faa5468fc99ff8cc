// Install panel: the token, shown this once, and how the agent is installed, by three ways of which one is enough.

import { Tabs } from '@mantine/core'
import type { Installation } from '@plimsoll/core/contract/client'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Partial } from '../../parts/states.tsx'
import styles from './add-cluster.module.css'

export const ways = ['helm', 'manifest', 'terraform'] as const
export type Way = (typeof ways)[number]

const wayNames: Readonly<Record<Way, string>> = {
  helm: 'Helm',
  manifest: 'Manifest',
  terraform: 'Terraform',
}
const waySays: Readonly<Record<Way, string>> = {
  helm: 'Run it in a shell whose kubectl context is the cluster.',
  manifest: 'Save it to a file, look at it, and give it to kubectl apply -f.',
  terraform: 'Put it where the Helm provider of the cluster is configured, and apply it.',
}

interface InstallPanelProps {
  readonly install: Installation
  /** Undefined where it was shown before: nobody can read it again. */
  readonly token: string | undefined
  readonly existingSecret: string | undefined
  readonly way: Way
  readonly onChoose: (way: Way) => void
}

export const InstallPanel = ({ install, token, existingSecret, way, onChoose }: InstallPanelProps) => (
  <Panel
    title="Install the agent"
    says="Nothing is sent before you run it. The agent changes nothing that it reads, and sends to this server alone."
  >
    {token === undefined ? (
      <Partial>
        The token was shown once, and is left out below. Who lost it makes a new one; the one before it works
        for a day more.
      </Partial>
    ) : (
      <div className={styles.token}>
        <span>
          Token, shown this once
          {existingSecret !== undefined && `: put it into the Secret ${existingSecret} under the key token`}
        </span>
        <code>{token}</code>
        <CopyButton text={token} label="Copy token" />
      </div>
    )}
    <Tabs
      value={way}
      onChange={value => {
        const chosen = ways.find(one => one === value)
        if (chosen) onChoose(chosen)
      }}
      keepMounted={false}
    >
      <Tabs.List aria-label="Ways to install">
        {ways.map(one => (
          <Tabs.Tab key={one} value={one}>
            {wayNames[one]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {ways.map(one => (
        <Tabs.Panel key={one} value={one} className={styles.way}>
          <div className={styles.row}>
            <span className={styles.fine}>{waySays[one]}</span>
            <CopyButton text={install[one]} label={`Copy for ${wayNames[one]}`} isWide />
          </div>
          <pre className={styles.code} tabIndex={0} role="region" aria-label={`For ${wayNames[one]}`}>
            {install[one]}
          </pre>
        </Tabs.Panel>
      ))}
    </Tabs>
  </Panel>
)
