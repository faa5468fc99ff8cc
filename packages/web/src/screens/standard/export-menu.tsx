// Export menu: what each control came to, as CSV of the server, as a page that stands alone, or as PDF by printing.

import { Button, Menu } from '@mantine/core'
import type { WholeStandard } from '@plimsoll/core/contract/client'
import { IconDownload } from '@tabler/icons-react'
import { reportHtml } from './report-html.ts'

interface ExportMenuProps {
  readonly standard: WholeStandard
  /** What of the fleet is asked about, and as of when. */
  readonly asked: Readonly<Record<string, string>>
}

export function ExportMenu({ standard, asked }: ExportMenuProps) {
  const { benchmark, edition } = standard
  const at = asked.at ?? new Date().toISOString()
  const name = `${benchmark}-${edition}-${at.slice(0, 10)}`
  const csv = `/api/v1/compliance/${encodeURIComponent(benchmark)}/${encodeURIComponent(edition)}/export?${new URLSearchParams({ ...asked, format: 'csv' })}`
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} aria-hidden="true" />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={csv} download={`${name}.csv`}>
          CSV
        </Menu.Item>
        <Menu.Item
          onClick={() => save(reportHtml(standard, { at, scope: scopeText(asked) }), `${name}.html`)}
        >
          HTML
        </Menu.Item>
        <Menu.Item onClick={() => requestAnimationFrame(printLight)}>PDF, by printing</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const scopeText = ({ cluster, account, zone }: Readonly<Record<string, string>>) =>
  cluster ? `cluster ${cluster}` : account ? `account ${account}` : zone ? `zone ${zone}` : 'all clusters'

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/html' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** Paper is light, whatever the screen is. */
function printLight(): void {
  const { documentElement: root } = document
  const was = root.getAttribute('data-mantine-color-scheme')
  root.setAttribute('data-mantine-color-scheme', 'light')
  window.print()
  if (was !== null) root.setAttribute('data-mantine-color-scheme', was)
}
